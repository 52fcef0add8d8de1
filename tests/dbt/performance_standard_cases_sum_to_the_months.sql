-- The cases of an area's month add up to its figures: returns the months and measures that do not.
{{ config(group='performance') }}
with cases as (
    {% for measure in case_measures() %}
    select
        area_code,
        period_month,
        '{{ measure.measure_code }}' as measure_code,
        sum({{ measure.code }}_met) as numerator,
        sum({{ measure.code }}_relevant) as denominator
    from {{ ref('fct_standard_case') }}
    group by area_code, period_month
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

months as (
    select months.*
    from {{ ref('fct_performance_month') }} as months
    inner join {{ ref('measures') }} as measures
        on months.measure_code = measures.measure_code
    where measures.case_denominator is not null
),

final as (
    select
        coalesce(cases.area_code, months.area_code) as area_code,
        coalesce(cases.period_month, months.period_month) as period_month,
        coalesce(cases.measure_code, months.measure_code) as measure_code
    from cases
    full outer join months
        on
            cases.area_code = months.area_code
            and cases.period_month = months.period_month
            and cases.measure_code = months.measure_code
    where
        coalesce(cases.numerator, 0) <> coalesce(months.numerator, 0)
        or coalesce(cases.denominator, 0) <> coalesce(months.denominator, 0)
)

select * from final
