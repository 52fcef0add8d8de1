-- What an analyst gets by pooling the published months of all areas, of a region's or of a family group's is the
-- national, regional or family value published beside them.
{{ config(group='performance') }}
with months as (
    select
        facts.*,
        areas.region
    from {{ ref('fct_performance_month') }} as facts
    inner join {{ ref('dim_area') }} as areas
        on facts.area_code = areas.area_code
),

compared as (
    {% for pool, value in [
        ("'ENW'", 'national_value'), ('region', 'region_value'), ('family_group', 'family_value')
    ] %}
    select
        '{{ value }}' as published_as,
        {{ pool }} as pool,
        measure_code,
        period_month,
        numerator,
        denominator,
        {{ value }} as published_value
    from months
    where {{ pool }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

pooled as (
    select
        published_as,
        pool,
        measure_code,
        period_month,
        sum(case when denominator is not null then numerator end) / nullif(sum(denominator), 0) as pooled_value,
        min(coalesce(published_value, -1)) as lowest_published_value,
        max(coalesce(published_value, -1)) as highest_published_value
    from compared
    group by published_as, pool, measure_code, period_month
),

final as (
    select * from pooled
    where
        lowest_published_value <> highest_published_value
        or abs(coalesce(pooled_value, -1) - lowest_published_value) > {{ var('float_tolerance') }}
)

select * from final
