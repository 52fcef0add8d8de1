with figures as (
    select * from {{ ref('int_performance__signal_figure') }}
),

-- A rule that is off has no months, and so no signal.
run_rules as (
    select
        max(case when run_rule = 'side' and is_on = 1 then months end) as months_on_one_side,
        max(case when run_rule = 'trend' and is_on = 1 then months end) as months_rising_or_falling
    from {{ ref('signal_run_rules') }}
),

final as (
    select
        alone.area_code,
        alone.measure_code,
        alone.period_month,
        alone.performance_year,
        alone.numerator,
        alone.denominator,
        alone.value,
        alone.baseline_months as months_in_baseline,
        coalesce(alone.baseline_from < definitions.defined_from, false) as base_spans_change,
        alone.dispersion,
        alone.centre,
        alone.lower_limit,
        alone.upper_limit,
        alone.chance,
        alone.false_signal_chance,
        alone.outside is not null as is_outside,
        nullif(concat_ws(
            '; ',
            alone.outside,
            case
                when alone.centre is null then null
                when runs.run_side >= run_rules.months_on_one_side then 'run above mean'
                when runs.run_side <= -run_rules.months_on_one_side then 'run below mean'
            end,
            case
                when alone.centre is null then null
                when runs.run_trend >= run_rules.months_rising_or_falling then 'rising'
                when runs.run_trend <= -run_rules.months_rising_or_falling then 'falling'
            end
        ), '') as signal,
        runs.run_side,
        runs.run_trend,
        together.judged_value as six_month_value,
        together.baseline_months as six_month_months_in_baseline,
        coalesce(together.baseline_from < definitions.defined_from, false) as six_month_base_spans_change,
        together.dispersion as six_month_dispersion,
        together.centre as six_month_centre,
        together.lower_limit as six_month_lower_limit,
        together.upper_limit as six_month_upper_limit,
        together.chance as six_month_chance,
        together.false_signal_chance as six_month_false_signal_chance,
        together.outside as six_month_signal,
        {{ figure_status('alone.value', 'not_available', 'alone.denominator') }} as figure_status
    from figures as alone
    inner join {{ ref('int_performance__signal_run') }} as runs
        on
            alone.area_code = runs.area_code
            and alone.measure_code = runs.measure_code
            and alone.period_month = runs.period_month
    left join figures as together
        on
            alone.area_code = together.area_code
            and alone.measure_code = together.measure_code
            and alone.period_month = together.period_month
            and together.signal_rule = 'six months'
    left join {{ ref('int_performance__measure_definition') }} as definitions
        on
            alone.measure_code = definitions.measure_code
            and alone.performance_year = definitions.performance_year
    cross join run_rules
    where alone.signal_rule = 'month'
)

select * from final
