-- What is judged beside its limits; without twelve months to be set against it has none.
with months as (
    select * from {{ ref('int_performance__signal_base') }}
),

limits as (
    select * from {{ ref('int_performance__signal_limit') }}
),

final as (
    select
        months.area_code,
        months.measure_code,
        months.signal_rule,
        months.period_month,
        months.performance_year,
        months.month_number,
        months.numerator,
        months.denominator,
        months.value,
        months.judged_numerator / months.judged_denominator as judged_value,
        months.baseline_months,
        months.baseline_from,
        limits.dispersion,
        limits.centre,
        limits.lower_limit,
        limits.upper_limit,
        limits.chance,
        limits.false_signal_chance,
        case when limits.is_above then 'above limits' when limits.is_below then 'below limits' end as outside
    from months
    left join limits
        on
            months.area_code = limits.area_code
            and months.measure_code = limits.measure_code
            and months.signal_rule = limits.signal_rule
            and months.period_month = limits.period_month
)

select * from final
