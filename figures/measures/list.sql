with figure as (
    select
        measure_code,
        performance_year,
        period_month,
        max(national_scaled_value) as value,
        count(*) filter (where status = 'met') as met,
        count(status) as compared
    from marts.fct_performance_to_date
    group by measure_code, performance_year, period_month
),

latest as (
    -- A year whose definition is not that of the year before has nothing to be set against.
    select
        figure.*,
        case when year.is_comparable_to_year_before then before.value end as value_before
    from figure
    left join figure as before
        on figure.measure_code = before.measure_code and before.period_month = figure.period_month - interval 1 year
    left join marts.dim_measure_year as year
        on figure.measure_code = year.measure_code and figure.performance_year = year.performance_year
    qualify figure.period_month = max(figure.period_month) over (partition by figure.measure_code)
),

by_month as (
    select
        measure_code,
        period_month,
        max(national_scaled_value) as value
    from marts.fct_performance_month
    group by measure_code, period_month
),

line as (
    select
        measure_code,
        list(value order by period_month) as months
    from by_month
    group by measure_code
)

select
    measure.measure_code,
    measure.measure_title,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    round(latest.value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as national_value,
    round((latest.value - latest.value_before) * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as change,
    case measure.unit when 'days_per_head' then 'days' else 'points' end as change_unit,
    case when latest.compared > 0 then latest.met || ' of ' || latest.compared end as areas_met,
    measure.direction,
    measure.derived_from,
    latest.period_month as last_month,
    case
        when measure.valid_from = measure.valid_to then measure.valid_from || ' only'
        when measure.valid_from is not null then 'from ' || measure.valid_from
        when measure.valid_to is not null then 'to ' || measure.valid_to
    end as measured,
    line.months
from marts.dim_measure as measure
left join latest using (measure_code)
left join line using (measure_code)
order by measure.measure_title, measure.measure_code
