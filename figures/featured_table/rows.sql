with featured as (
    select *
    from marts.dim_featured_table
    where featured_code = getvariable('featured_code')
),

measure as (
    select
        measure.measure_code,
        measure.measure_title,
        case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
        case measure.unit when 'days_per_head' then 1 else 100 end as factor
    from marts.dim_measure as measure
    cross join featured
    where
        featured.measure_codes = 'all'
        or list_contains(string_split(featured.measure_codes, ' '), measure.measure_code)
),

figure as (
    select
        'month' as period_kind,
        strftime(period_month, '%Y-%m') as period,
        strftime(period_month, '%B %Y') as period_title,
        *
    from marts.fct_performance_month

    union all by name

    select
        'year' as period_kind,
        performance_year as period,
        performance_year as period_title,
        *
    from marts.fct_performance_to_date
    qualify period_month = max(period_month) over (partition by measure_code, performance_year)
),

chosen as (
    select figure.*
    from figure
    inner join featured using (period_kind)
    inner join measure using (measure_code)
    qualify
        coalesce(
            dense_rank() over (order by figure.period desc) <= featured.last_periods,
            true
        )
),

pooled as (
    select
        'areas' as pool_kind,
        area_code as pool_code,
        *
    from chosen

    union all by name

    select
        'nation' as pool_kind,
        'ENW' as pool_code,
        measure_code,
        period,
        period_title,
        max(national_scaled_value) as scaled_value,
        max(months_in) as months_in
    from chosen
    where national_scaled_value is not null
    group by measure_code, period, period_title

    union all by name

    select
        'regions' as pool_kind,
        'region:' || area.region as pool_code,
        chosen.measure_code,
        chosen.period,
        chosen.period_title,
        max(chosen.region_scaled_value) as scaled_value,
        max(chosen.months_in) as months_in
    from chosen
    inner join marts.dim_area as area using (area_code)
    where chosen.region_scaled_value is not null
    group by area.region, chosen.measure_code, chosen.period, chosen.period_title
)

select
    case
        when pooled.pool_code = 'ENW' then 'England and Wales'
        else coalesce(area.area_name, split_part(pooled.pool_code, ':', 2))
    end as pool_name,
    pooled.pool_code,
    measure.measure_title,
    measure.measure_code,
    pooled.period,
    pooled.period_title,
    measure.printed_unit,
    round(pooled.scaled_value * measure.factor, 1) as value,
    pooled.ci_low,
    pooled.ci_high,
    pooled.numerator,
    pooled.denominator,
    round(pooled.target * measure.factor, 1) as target,
    pooled.status,
    pooled.is_revised, -- public
    case when pooled.months_in < 12 then '[p]' end as provisional,
    coalesce(
        pooled.figure_status, case when pooled.scaled_value is null then 'not_available' else 'shown' end
    ) as figure_status
from pooled
inner join measure using (measure_code)
cross join featured
left join marts.dim_area as area on pooled.pool_code = area.area_code
where
    list_contains(string_split(featured.areas, ' '), pooled.pool_kind)
    or list_contains(string_split(featured.areas, ' '), pooled.pool_code)
order by
    measure.measure_title, measure.measure_code, pooled.pool_kind = 'areas', pooled.pool_kind, pool_name, pooled.pool_code, pooled.period
