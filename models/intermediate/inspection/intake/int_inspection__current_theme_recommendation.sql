with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

recommendations as (
    select * from {{ ref('stg_theme_recommendation') }}
),

themes as (
    select distinct theme_code
    from {{ ref('int_inspection__current_theme') }}
    where missing_parent is null
),

final as (
    select
        recommendations.*,
        case when themes.theme_code is null then {{ no_such_theme() }} end as missing_parent
    from recommendations
    inner join current_files
        on recommendations.file_id = current_files.file_id
    left join themes
        on recommendations.theme_code = themes.theme_code
)

select * from final
