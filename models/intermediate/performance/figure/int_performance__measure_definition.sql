select
    measure_code,
    performance_year,
    max(
        case
            when not is_comparable_to_year_before
                then cast(concat(substr(performance_year, 1, 4), '-04-01') as date)
        end
    ) over (partition by measure_code order by performance_year) as defined_from
from {{ ref('int_performance__measure_year') }}
