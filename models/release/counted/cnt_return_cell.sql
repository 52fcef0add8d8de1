-- Returns that are perturbed. Totals have no records, so the cell key is the name of the cell, another in a revision. A
-- stock is that of the period's last month; a count has its target as base.
with figures as (
    select * from {{ ref('fct_performance_month') }}
),

measures as (
    select * from {{ ref('measures') }}
    where public_as = 'perturbed' and case_denominator is null
),

pools as (
    select * from {{ ref('rel_pool') }}
),

periods as (
    select * from {{ ref('cnt_period') }}
),

revised as (
    select * from {{ ref('rel_revised_year') }}
    where is_revised_now
),

sums as (
    select
        periods.measure_code,
        periods.pool_code,
        periods.period,
        periods.performance_year,
        periods.period_month,
        {{ exact_sum('figures.denominator') }} as base_amount,
        {{ exact_sum(
            "case when measures.perturbed_side = 'missed' then figures.denominator - figures.numerator"
            " else figures.numerator end"
        ) }} as side_amount
    from periods
    inner join measures
        on periods.measure_code = measures.measure_code
    inner join pools
        on periods.pool_code = pools.pool_code
    inner join figures
        on
            periods.measure_code = figures.measure_code
            and pools.area_code = figures.area_code
            and periods.period_month >= figures.period_month
            and figures.period_month
            >= case when measures.is_stock = 1 then periods.period_month else periods.first_month end
    group by periods.measure_code, periods.pool_code, periods.period, periods.performance_year, periods.period_month
),

final as (
    {% for part in ['base', 'side'] %}
    select
        sums.measure_code,
        sums.pool_code,
        sums.period,
        sums.period_month,
        'none' as characteristic,
        'all' as category,
        '{{ part }}' as part,
        cast({{ half_up('sums.' ~ part ~ '_amount') }} as bigint) as people,
        sums.{{ part }}_amount as amount,
        concat_ws(
            '|',
            sums.measure_code,
            sums.pool_code,
            sums.period,
            cast(sums.period_month as string),
            '{{ part }}',
            case when revised.performance_year is not null then 'revised' end
        ) as cell_key
    from sums
    left join revised
        on sums.performance_year = revised.performance_year
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
