-- Each month of a proportion beside the mean and limits (a p-chart) of the months before it. The month itself is not
-- among them: a break would widen the limits that it is held against. No limits where the mean is 0 or 1, nor for a
-- handful of cases, of which one alone can be outside.
with figures as (
    select * from {{ ref('int_performance__value') }}
    where period = 'month' and unit = 'proportion' and value is not null
),

areas as (
    select area_code from {{ ref('areas') }}
),

months as (
    select
        figures.*,
        areas.area_code,
        year(figures.period_month) * 12 + month(figures.period_month) as month_number
    from figures
    inner join areas
        on figures.pool_code = areas.area_code
),

pooled as (
    select
        *,
        cast(count(*) over baseline as int) as months_in_baseline,
        cast(sum(cast(numerator as decimal(38, 18))) over baseline as double) as baseline_numerator,
        cast(sum(cast(denominator as decimal(38, 18))) over baseline as double) as baseline_denominator
    from months
    window baseline as (
        partition by area_code, measure_code
        order by month_number
        range between {{ var('signal_baseline_months') }} preceding and 1 preceding
    )
),

centred as (
    select
        *,
        case
            when months_in_baseline >= {{ var('signal_fewest_months') }} then baseline_numerator / baseline_denominator
        end as centre
    from pooled
),

spread as (
    select
        *,
        case
            when centre > 0 and centre < 1 and denominator >= {{ var('fewest_relevant_cases') }}
                then {{ var('signal_limit_width') }} * sqrt(centre * (1 - centre) / denominator)
        end as half_width
    from centred
),

final as (
    select
        area_code,
        measure_code,
        performance_year,
        period_month,
        month_number,
        numerator,
        denominator,
        value,
        months_in_baseline,
        centre,
        -- greatest and least pass over a NULL.
        case when half_width is not null then greatest(centre - half_width, 0.0) end as lower_limit,
        case when half_width is not null then least(centre + half_width, 1.0) end as upper_limit
    from spread
)

select * from final
