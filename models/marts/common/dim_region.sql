select
    region,
    country,
    cast(count(*) as int) as areas,
    cast(row_number() over (order by region) as int) as display_order
from {{ ref('areas') }}
group by region, country
