with latest as (
    select
        *,
        max(performance_year) over () as latest_year,
        max(period_month) over (partition by measure_code, performance_year) as latest_month
    from marts.fct_performance_to_date
    where area_code = getvariable('area_code')
),

-- A region or family group of one area is that area: nothing to stand beside.
alone as (
    select
        latest.measure_code,
        latest.period_month,
        count(distinct figure.area_code) filter (where area.region = own.region) = 1 as is_region,
        count(distinct figure.area_code) filter (where figure.family_group = latest.family_group) = 1 as is_family -- staff
    from latest
    inner join marts.dim_area as own using (area_code)
    inner join marts.fct_performance_to_date as figure using (measure_code, performance_year, period_month)
    inner join marts.dim_area as area on figure.area_code = area.area_code
    group by latest.measure_code, latest.period_month
),

measure as (
    select
        *,
        case unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
        case unit when 'days_per_head' then 1 else 100 end as factor
    from marts.dim_measure
)

select
    latest.measure_code,
    measure_year.measure_title,
    measure.direction,
    measure.printed_unit,
    latest.period_month,
    round(latest.target * measure.factor, 1) as target,
    round(latest.scaled_value * measure.factor, 1) as area_value,
    latest.ci_low,
    latest.ci_high,
    latest.is_revised, -- public
    latest.figure_status,
    latest.status,
    round(latest.national_scaled_value * measure.factor, 1) as national_value,
    case when not alone.is_region then round(latest.region_scaled_value * measure.factor, 1) end as region_value,
    case when not alone.is_family then round(latest.family_scaled_value * measure.factor, 1) end as family_value, -- staff
    case when alone.is_region then 'not_applicable' else latest.figure_status end as region_status,
    case when alone.is_family then 'not_applicable' else latest.figure_status end as family_status, -- staff
    round(latest.change_on_year * measure.factor, 1) as change_on_year, -- staff
    case when latest.months_in < 12 then '[p]' end as provisional
from latest
inner join measure using (measure_code)
left join alone using (measure_code, period_month)
inner join marts.dim_measure_year as measure_year using (measure_code, performance_year)
where latest.performance_year = latest.latest_year and latest.period_month = latest.latest_month
order by measure_year.measure_title, latest.measure_code
