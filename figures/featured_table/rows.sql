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

area_figure as (
    select
        'month' as period,
        *
    from marts.fct_performance_month

    union all by name

    select
        'to_date' as period,
        *
    from marts.fct_performance_to_date
),

figure as (
    select
        'areas' as pool_kind,
        area_code as pool_code,
        *
    from area_figure

    union all by name

    select
        case pool when 'nation' then 'nation' else 'regions' end as pool_kind,
        case pool when 'nation' then 'ENW' else 'region:' || pool_name end as pool_code, -- staff
        months as months_in, -- public
        *
    from marts.fct_pooled_performance -- staff
    from marts.fct_performance_period -- public
    where pool in ('nation', 'region') and period in ('month', 'to_date')
),

chosen as (
    select
        figure.*,
        measure.measure_title,
        measure.printed_unit,
        measure.factor,
        case figure.period
            when 'month' then strftime(figure.period_month, '%Y-%m')
            else figure.performance_year
        end as period_code,
        case figure.period
            when 'month' then strftime(figure.period_month, '%B %Y')
            else figure.performance_year
        end as period_title
    from figure
    inner join measure using (measure_code)
    cross join featured
    where
        figure.period = case featured.period_kind when 'month' then 'month' else 'to_date' end
        and (
            list_contains(string_split(featured.areas, ' '), figure.pool_kind)
            or list_contains(string_split(featured.areas, ' '), figure.pool_code)
        )
    qualify
        -- A year is its latest month, of every area and pool alike.
        (
            figure.period = 'month'
            or figure.period_month
            = max(figure.period_month) over (partition by figure.measure_code, figure.performance_year)
        )
        and coalesce(dense_rank() over (order by period_code desc) <= featured.last_periods, true)
)

select
    case
        when chosen.pool_code = 'ENW' then 'England and Wales'
        else coalesce(area.area_name, split_part(chosen.pool_code, ':', 2))
    end as pool_name,
    chosen.pool_code,
    chosen.measure_title,
    chosen.measure_code,
    chosen.period_code as period,
    chosen.period_title,
    chosen.printed_unit,
    round(chosen.scaled_value * chosen.factor, 1) as value,
    chosen.ci_low,
    chosen.ci_high,
    round(chosen.numerator, 1) as numerator,
    round(chosen.denominator, 1) as denominator,
    round(chosen.target * chosen.factor, 1) as target,
    chosen.status,
    chosen.is_revised, -- public
    case when chosen.period = 'to_date' and chosen.months_in < 12 then '[p]' end as provisional,
    coalesce(
        chosen.figure_status, case when chosen.scaled_value is null then 'not_available' else 'shown' end
    ) as figure_status
from chosen
left join marts.dim_area as area on chosen.pool_code = area.area_code
order by
    chosen.measure_title, chosen.measure_code, chosen.pool_kind = 'areas', chosen.pool_kind, pool_name,
    chosen.pool_code, chosen.period_code
