with measure as (
    select
        measure_code,
        measure_title,
        case unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
        case unit when 'days_per_head' then 1 else 100 end as factor
    from marts.dim_measure
    where valid_to is null
),

latest as (
    select *
    from marts.fct_performance_to_date
    qualify period_month = max(period_month) over (partition by measure_code)
),

-- A region or family group of one area is that area, and stands beside nothing.
pooled as (
    select distinct
        0 as place,
        'England and Wales' as area_name,
        'ENW' as area_code,
        measure_code,
        national_scaled_value as scaled_value
    from latest

    union all

    select
        1 as place,
        area.region as area_name,
        'region:' || area.region as area_code,
        latest.measure_code,
        max(latest.region_scaled_value) as scaled_value
    from latest
    inner join marts.dim_area as area using (area_code)
    group by area.region, latest.measure_code
    having count(*) > 1
    union all -- staff
    select -- staff
        2 as place, -- staff
        'Family: ' || family_group as area_name, -- staff
        'family:' || replace(family_group, ',', '') as area_code, -- staff
        measure_code, -- staff
        max(family_scaled_value) as scaled_value -- staff
    from latest -- staff
    where family_group is not null -- staff
    group by family_group, measure_code -- staff
    having count(*) > 1 -- staff
),

figure as (
    select
        3 as place,
        area.area_name,
        area.area_code,
        latest.measure_code,
        latest.scaled_value,
        latest.ci_low,
        latest.ci_high,
        latest.status,
        latest.is_revised, -- public
        latest.figure_status
    from latest
    inner join marts.dim_area as area using (area_code)

    union all by name

    select
        *,
        'shown' as figure_status
    from pooled
    where scaled_value is not null
)

select
    figure.area_name,
    figure.area_code,
    measure.measure_title,
    figure.measure_code,
    measure.printed_unit,
    round(figure.scaled_value * measure.factor, 1) as area_value,
    figure.ci_low,
    figure.ci_high,
    figure.status,
    figure.is_revised, -- public
    figure.figure_status
from figure
inner join measure using (measure_code)
order by figure.place, figure.area_name, figure.area_code, measure.measure_title, figure.measure_code
