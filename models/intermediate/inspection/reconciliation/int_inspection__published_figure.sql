{{ config(materialized='view') }}

with published as (
    select * from {{ ref('int_inspection__current_published_score') }}
    where missing_parent is null
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

final as (
    select
        published.inspection_id,
        inspections.framework_code,
        published.sample_group,
        published.level,
        published.code,
        published.published_score_pct is null as is_word,
        case
            when published.published_score_pct is null then published.published_rating
            when published.published_score_pct = floor(published.published_score_pct)
                then cast(cast(published.published_score_pct as int) as string)
            else cast(published.published_score_pct as string)
        end as published,
        published.published_score_pct - 0.5 as low,
        published.published_score_pct + 0.5 as high
    from published
    inner join inspections
        on published.inspection_id = inspections.inspection_id
)

select * from final
