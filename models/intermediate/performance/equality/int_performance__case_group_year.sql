-- The cases of each group over the months of a performance year, for areas and the nation. Appointments of one case go
-- together, so what is counted in appointments has no number of cases, and no interval. Months that have not begun
-- wait, as they do for areas.
with months as (
    select * from {{ ref('int_performance__case_measure') }}
    where characteristic not in ('all', 'team_code')
),

calendar as (
    select * from {{ ref('int_performance__reporting_month') }}
    where has_begun
),

counted as (
    select * from {{ ref('measures') }}
),

pooling as (
    select * from {{ ref('int_performance__pooling') }}
),

sums as (
    select
        pooling.pool_code,
        months.measure_code,
        calendar.performance_year,
        months.characteristic,
        months.category,
        {{ exact_sum('months.numerator') }} as numerator,
        {{ exact_sum('months.denominator') }} as denominator
    from months
    inner join calendar
        on months.period_month = calendar.period_month
    inner join pooling
        on months.unit_code = pooling.unit_code
    group by
        pooling.pool_code,
        months.measure_code,
        calendar.performance_year,
        months.characteristic,
        months.category
),

final as (
    select
        sums.*,
        sums.numerator / nullif(sums.denominator, 0) as value,
        case when counted.denominator_counts_people = 1 then sums.denominator end as cases
    from sums
    inner join counted
        on sums.measure_code = counted.measure_code
)

select * from final
