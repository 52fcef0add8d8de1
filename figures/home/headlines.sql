-- The measures that readers ask for first: supervision, risk of harm, courts, unpaid work and staff.
with headline as (
    select *
    from marts.dim_measure
    where measure_code in ('ENF', 'CMP', 'ROH_TIME', 'PSR', 'ECP', 'SICK')
),

figure as (
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

nation as (
    select
        measure_code,
        period_month,
        ci_low,
        ci_high
    from marts.fct_pooled_performance -- staff
    from marts.fct_performance_period -- public
    where pool = 'nation' and period = 'to_date'
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
    headline.measure_code,
    headline.measure_title,
    case headline.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    round(latest.value * case headline.unit when 'days_per_head' then 1 else 100 end, 1) as national_value,
    case headline.unit
        when 'days_per_head' then round(latest.value - latest.value_before, 1)
        else round(100 * (latest.value - latest.value_before), 1)
    end as change,
    case headline.unit when 'days_per_head' then 'days' else 'points' end as change_unit,
    case
        when latest.value = latest.value_before then 'the same'
        when latest.value_before between nation.ci_low and nation.ci_high then 'no change to speak of'
        when (latest.value > latest.value_before) = (headline.direction = 'higher') then 'better'
        when latest.value_before is not null then 'worse'
    end as direction,
    latest.met || ' of ' || latest.compared as areas_met,
    latest.period_month,
    line.months
from headline
inner join latest using (measure_code)
inner join line using (measure_code)
left join nation using (measure_code, period_month)
order by headline.measure_title, headline.measure_code
