-- A region of one area has the area's figures only.
with areas as (
    select * from {{ ref('areas') }}
),

numbered as (
    select
        area_code,
        region,
        cast(count(*) over (partition by region) as int) as areas_of_region,
        cast(count(*) over () as int) as all_areas
    from areas
),

final as (
    select
        area_code as pool_code,
        'area' as pool,
        area_code,
        1 as areas
    from numbered
    union all
    select
        concat('region:', region) as pool_code,
        'region' as pool,
        area_code,
        areas_of_region as areas
    from numbered
    where areas_of_region > 1
    union all
    select
        'ENW' as pool_code,
        'nation' as pool,
        area_code,
        all_areas as areas
    from numbered
)

select * from final
