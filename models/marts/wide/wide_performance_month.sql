select
    figures.area_code,
    areas.area_name,
    areas.region,
    areas.country,
    figures.measure_code,
    years.measure_title,
    measures.unit,
    measures.polarity,
    figures.performance_year,
    figures.period_month,
    figures.numerator,
    figures.denominator,
    figures.value,
    figures.people,
    figures.ci_low,
    figures.ci_high,
    figures.scaled_value,
    figures.target,
    figures.difference,
    figures.achievement,
    figures.status,
    figures.national_scaled_value,
    figures.region_scaled_value,
    figures.family_group,
    figures.family_scaled_value,
    figures.change_on_year,
    signals.centre as signal_centre,
    signals.lower_limit as signal_lower_limit,
    signals.upper_limit as signal_upper_limit,
    signals.signal,
    signals.six_month_value,
    signals.six_month_centre,
    signals.six_month_signal,
    figures.figure_status
from {{ ref('fct_performance_month') }} as figures
inner join {{ ref('dim_area') }} as areas
    on figures.area_code = areas.area_code
inner join {{ ref('dim_measure') }} as measures
    on figures.measure_code = measures.measure_code
inner join {{ ref('dim_measure_year') }} as years
    on
        figures.measure_code = years.measure_code
        and figures.performance_year = years.performance_year
left join {{ ref('fct_performance_signal') }} as signals
    on
        figures.area_code = signals.area_code
        and figures.measure_code = signals.measure_code
        and figures.period_month = signals.period_month
