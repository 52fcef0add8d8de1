-- Performance marts, written straight from the delivered rows, in SQL that DuckDB and Spark both run. Time limits and
-- permitted absences are spelled out here, where the warehouse has them as seeds.

create temp table calendar as
select
    day,
    sum(case when weekday <= 5 and holiday_on is null then 1 else 0 end) over (order by day) as working_day
from day
left join bank_holidays on day = cast(holiday_on as date);

create temp table reporting_month as
with months as (
    select
        day as period_month,
        year(day) - case when month(day) < 4 then 1 else 0 end as first_year,
        business_date() > day + interval 1 month + interval 14 day as is_due
    from calendar
    where day(day) = 1
)

select
    period_month,
    first_year || '/' || right(cast(first_year + 1 as string), 2) as performance_year,
    sum(case when is_due then 1 else 0 end) over (partition by first_year order by period_month) as months_due
from months;

create temp table case_month as
select
    area_code as unit_code,
    make_date(
        cast(right(data_period, 2) as int) + case when right(data_period, 2) >= '70' then 1900 else 2000 end,
        cast(left(data_period, 2) as int),
        1
    ) as period_month,
    count(*) filter (where initiated.working_day - required.working_day <= 10) as enf,
    count(breach_required_on) as enf_of,
    count(*) filter (where unacceptable_absences <= case order_type when 'LIC' then 2 else 1 end or allowed_to_continue = 'Y')
        as cmp,
    sum(least(appts_arranged, appts_required)) as con_arr,
    sum(appts_required) as con_arr_of,
    sum(appts_kept) as con_kept,
    sum(appts_arranged) as con_kept_of,
    count(*) filter (
        where
        risk_of_harm in ('H', 'V')
        and assessed.working_day - commenced.working_day <= 5
        and planned.working_day - commenced.working_day <= 5
        and sentence.working_day - commenced.working_day <= 5
    ) as roh_time,
    count(*) filter (where risk_of_harm in ('H', 'V')) as roh_time_of,
    count(*) filter (
        where
        ppo = 'Y'
        and assessed.working_day - commenced.working_day <= 5
        and sentence.working_day - commenced.working_day <= 5
    ) as ppo_time,
    count(*) filter (where ppo = 'Y') as ppo_time_of,
    count(ethnicity_code) as eth,
    count(*) as cases
from nsmart
left join calendar as required on breach_required_on = required.day
left join calendar as initiated on breach_initiated_on = initiated.day
left join calendar as commenced on commenced_on = commenced.day
left join calendar as assessed on risk_assessment_on = assessed.day
left join calendar as planned on risk_plan_on = planned.day
left join calendar as sentence on sentence_plan_on = sentence.day
left join ethnicities on ethnicity = ethnicity_code
group by all;

create temp table returned_month as
select
    area_code as unit_code,
    make_date(
        cast(right(data_period, 2) as int) + case when right(data_period, 2) >= '70' then 1900 else 2000 end,
        cast(left(data_period, 2) as int),
        1
    ) as period_month,
    measure_code,
    numerator,
    denominator
from performance_return;

create temp table own_target as
select
    unit_code,
    performance_year,
    measure_code,
    min_by(target, case area_code when 'ENW' then 1 else 0 end) as target,
    min_by(direction, case area_code when 'ENW' then 1 else 0 end) as direction
from performance_target
inner join (select unit_code from units union all select 'ENW') on area_code in (unit_code, 'ENW')
group by unit_code, performance_year, measure_code;

create temp table contribution as
with delivered as (
    select unit_code, period_month, 'ENF' as measure_code, enf as numerator, enf_of as denominator from case_month
    union all select unit_code, period_month, 'CMP', cmp, cases from case_month
    union all select unit_code, period_month, 'CON_ARR', con_arr, con_arr_of from case_month
    union all select unit_code, period_month, 'CON_KEPT', con_kept, con_kept_of from case_month
    union all select unit_code, period_month, 'ROH_TIME', roh_time, roh_time_of from case_month
    union all select unit_code, period_month, 'PPO_TIME', ppo_time, ppo_time_of from case_month
    union all select unit_code, period_month, 'ETH', eth, cases from case_month
    union all
    select unit_code, period_month, measure_code, numerator, denominator from returned_month
)

select
    units.area_code,
    delivered.measure_code,
    unit,
    performance_year,
    period_month,
    numerator,
    case when unit = 'count_vs_target' then target else denominator end as denominator
from delivered
inner join units using (unit_code)
inner join measures using (measure_code)
inner join reporting_month using (period_month)
left join own_target using (unit_code, measure_code, performance_year)
where
    performance_year >= coalesce(valid_from, performance_year)
    and performance_year <= coalesce(valid_to, performance_year);

create temp table pooled_month as
select
    pool_code,
    measure_code,
    unit,
    performance_year,
    period_month,
    coalesce(sum(numerator) filter (where denominator is not null), sum(numerator)) as numerator,
    sum(denominator) as denominator
from (
    select *, area_code as pool_code from contribution
    union all select *, 'ENW' from contribution
)
group by all;

create table marts.fct_performance_month as
select
    pool_code as area_code,
    measure_code,
    period_month,
    numerator,
    denominator / case unit when 'count_vs_target' then 12 else 1 end as denominator,
    numerator / nullif(denominator / case unit when 'count_vs_target' then 12 else 1 end, 0) as value
from pooled_month
where pool_code <> 'ENW';

create temp table figure as
with shown as (
    select
        first.pool_code,
        first.measure_code,
        first.performance_year,
        reporting_month.period_month,
        months_due
    from (
        select pool_code, measure_code, performance_year, min(period_month) as first_month
        from pooled_month
        group by all
    ) as first
    inner join (
        select measure_code, performance_year, max(period_month) as last_month
        from pooled_month
        group by all
    ) as last using (measure_code, performance_year)
    inner join reporting_month
        on first.performance_year = reporting_month.performance_year and period_month between first_month and last_month
),

summed as (
    select
        shown.pool_code,
        shown.measure_code,
        unit,
        shown.performance_year,
        shown.period_month,
        months_due,
        coalesce(sum(numerator) filter (where denominator is not null), sum(numerator)) as numerator,
        sum(denominator) as total,
        count(*) as months_in
    from shown
    inner join pooled_month as months
        on
            shown.pool_code = months.pool_code
            and shown.measure_code = months.measure_code
            and shown.performance_year = months.performance_year
            and shown.period_month >= months.period_month
    group by all
),

divided as (
    select
        *,
        total / case unit when 'count_vs_target' then 12 when 'days_per_head' then months_in else 1 end as denominator
    from summed
)

select
    *,
    numerator / nullif(denominator, 0) as value,
    numerator / nullif(denominator, 0) * case unit when 'days_per_head' then 12 / months_in else 1 end as scaled_value
from divided;

create table marts.fct_performance_to_date as
with aimed as (
    select
        figure.*,
        case when figure.unit <> 'count_vs_target' then target when figure.denominator is not null then 1 end as target,
        coalesce(own_target.direction, measures.direction) as direction,
        national.value as national_value
    from figure
    inner join measures using (measure_code, unit)
    left join own_target
        on
            figure.pool_code = unit_code
            and figure.measure_code = own_target.measure_code
            and figure.performance_year = own_target.performance_year
    left join figure as national
        on
            national.pool_code = 'ENW'
            and figure.measure_code = national.measure_code
            and figure.period_month = national.period_month
    where figure.pool_code <> 'ENW'
)

select
    pool_code as area_code,
    measure_code,
    performance_year,
    period_month,
    numerator,
    denominator,
    value,
    target,
    case
        when direction = 'higher' then scaled_value / nullif(target, 0)
        when target > 0 and scaled_value = 0 then 1
        else nullif(target, 0) / scaled_value
    end as achievement,
    national_value,
    case
        when nullif(target, 0) is null or scaled_value is null then null
        when direction = 'higher' and scaled_value >= target - 1e-9 then 'met'
        when direction = 'lower' and scaled_value <= target + 1e-9 then 'met'
        when direction = 'higher' and scaled_value >= 0.9 * target - 1e-9 then 'close'
        when direction = 'lower' and scaled_value <= 1.1 * target + 1e-9 then 'close'
        else 'missed'
    end as status,
    months_in,
    months_due
from aimed;
