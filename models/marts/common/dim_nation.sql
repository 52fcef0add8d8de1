select
    'ENW' as nation_code,
    'England and Wales' as nation_name,
    cast(count(*) as int) as areas,
    cast(count(distinct region) as int) as regions
from {{ ref('areas') }}
