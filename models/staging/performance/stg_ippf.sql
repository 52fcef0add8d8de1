-- A figure is delivered as 92% or as 23.5: the number keeps the size it was written in, and is_percent says which.
select
    file_id,
    row_number,
    area_code,
    cast(period_from as date) as period_from,
    cast(period_to as date) as period_to,
    domain,
    metric,
    cast(replace(actual, '%', '') as double) as actual,
    cast(replace(target, '%', '') as double) as target,
    cast(replace(national, '%', '') as double) as national,
    cast(replace(previous_year, '%', '') as double) as previous_year,
    instr(concat_ws(' ', actual, target, national, previous_year), '%') > 0 as is_percent,
    cast(ippf_grade as int) as ippf_grade,
    counts_towards_domain = '1' as counts_towards_domain
from {{ source('raw', 'ippf') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
