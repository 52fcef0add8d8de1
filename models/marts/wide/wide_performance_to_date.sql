-- Whether an area differs from all areas together is asked at a measure's latest month, of measures that count people.
with year_ends as (
    select
        measure_code,
        performance_year,
        max(period_month) as last_month,
        max(max(period_month)) over (partition by measure_code) as latest_month
    from {{ ref('fct_performance_to_date') }}
    group by measure_code, performance_year
)

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
    figures.period_month = year_ends.latest_month as is_latest,
    figures.period_month = year_ends.last_month as is_latest_in_year,
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
    figures.months_in,
    figures.months_due,
    funnels.q_value as national_q_value,
    funnels.beyond_chance as national_beyond_chance,
    funnels.national_comparison,
    funnels.funnel_place,
    figures.figure_status
from {{ ref('fct_performance_to_date') }} as figures
inner join {{ ref('dim_area') }} as areas
    on figures.area_code = areas.area_code
inner join {{ ref('dim_measure') }} as measures
    on figures.measure_code = measures.measure_code
inner join {{ ref('dim_measure_year') }} as years
    on
        figures.measure_code = years.measure_code
        and figures.performance_year = years.performance_year
inner join year_ends
    on
        figures.measure_code = year_ends.measure_code
        and figures.performance_year = year_ends.performance_year
left join {{ ref('fct_measure_funnel') }} as funnels
    on
        figures.area_code = funnels.area_code
        and figures.measure_code = funnels.measure_code
        and figures.period_month = funnels.period_month
