{% set items = [
    'population',
    'density_per_sq_km',
    'minority_ethnic_pct',
    'recorded_crime_per_1000',
    'violent_crime_per_1000',
    'found_guilty_or_cautioned_per_100k',
    'main_revenue_gbp_m',
    'size_rank',
] %}

with profiles as (
    select * from {{ ref('dim_area_profile') }}
),

years as (
    select * from {{ ref('profile_years') }}
),

figures as (
    {% for item in items %}
    select
        area_code,
        as_at,
        {{ loop.index }} as item_order,
        '{{ item }}' as item,
        cast({{ item }} as double) as value,
        source
    from profiles
    where {{ item }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

dated as (
    select
        figures.*,
        years.value_year
    from figures
    left join years
        on
            figures.area_code = years.area_code
            and figures.as_at = years.as_at
            and figures.item = years.item
),

final as (
    select
        own.area_code,
        own.as_at,
        own.item_order,
        own.item,
        own.value,
        own.value_year,
        national.value as national_value,
        national.value_year as national_value_year,
        own.source
    from dated as own
    left join dated as national
        on
            national.area_code = 'ENW'
            and own.as_at = national.as_at
            and own.item = national.item
    where own.area_code <> 'ENW'
)

select * from final
