with years as (
    select
        *,
        count(change_source) over () as changes
    from marts.dim_measure_year
    where measure_code = getvariable('measure_code')
)

select
    performance_year,
    measure_code,
    measure_title,
    numerator_is,
    coalesce(denominator_is, 'the target for the months that are in') as denominator_is,
    change_source
from years
where changes > 0
order by performance_year desc
