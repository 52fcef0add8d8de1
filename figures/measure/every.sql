with measure as (
    select
        measure_code,
        case unit when 'days_per_head' then 1 else 100 end as factor
    from marts.dim_measure
    where measure_code = getvariable('measure_code')
),

figure as (
    select
        'month' as period_kind,
        strftime(period_month, '%Y-%m') as period,
        *
    from marts.fct_performance_month
    where measure_code = getvariable('measure_code')

    union all by name

    select
        'year' as period_kind,
        performance_year as period,
        *
    from marts.fct_performance_to_date
    where measure_code = getvariable('measure_code')
    qualify period_month = max(period_month) over (partition by performance_year)
),

every as (
    select
        area_code as pool_code,
        *
    from figure

    union all by name

    select
        'ENW' as pool_code,
        period_kind,
        period,
        max(national_scaled_value) as scaled_value,
        max(months_in) as months_in
    from figure
    where national_scaled_value is not null
    group by period_kind, period

    union all by name

    select
        'region:' || area.region as pool_code,
        figure.period_kind,
        figure.period,
        max(figure.region_scaled_value) as scaled_value,
        max(figure.months_in) as months_in
    from figure
    inner join marts.dim_area as area using (area_code)
    where figure.region_scaled_value is not null
    group by area.region, figure.period_kind, figure.period
    union all by name -- staff
    select -- staff
        'family:' || replace(family_group, ',', '') as pool_code, -- staff
        period_kind, -- staff
        period, -- staff
        max(family_scaled_value) as scaled_value, -- staff
        max(months_in) as months_in -- staff
    from figure -- staff
    where family_scaled_value is not null -- staff
    group by family_group, period_kind, period -- staff
)

select
    every.period_kind,
    every.period,
    every.pool_code,
    round(every.scaled_value * measure.factor, 1) as value,
    round(every.ci_low * 100, 1) as ci_low,
    round(every.ci_high * 100, 1) as ci_high,
    round(every.numerator, 1) as numerator,
    round(every.denominator, 1) as denominator,
    round(every.target * measure.factor, 1) as target,
    every.status,
    coalesce(
        every.figure_status, case when every.scaled_value is null then 'not_available' else 'shown' end
    ) as figure_status,
    every.is_revised, -- public
    every.months_in
from every
cross join measure
order by every.period_kind, every.period, every.pool_code
