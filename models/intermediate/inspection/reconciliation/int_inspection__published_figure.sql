{{ config(materialized='view') }}

-- A question's printed count with its base is exact; any other figure is known to half a point. Counts on both sides of
-- the line add up to the base.
with published as (
    select * from {{ ref('int_inspection__current_published_score') }}
    where missing_parent is null
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

counted as (
    select
        published.*,
        inspections.framework_code,
        case
            when published.published_score_pct = floor(published.published_score_pct)
                then cast(cast(published.published_score_pct as int) as string)
            else cast(published.published_score_pct as string)
        end as published_pct,
        coalesce(published.published_denominator, published.published_numerator + published.published_below) as base
    from published
    inner join inspections
        on published.inspection_id = inspections.inspection_id
),

parts as (
    select
        *,
        case when base is not null then coalesce(published_numerator, base - published_below) end as part
    from counted
),

final as (
    select
        inspection_id,
        framework_code,
        sample_group,
        level,
        code,
        level <> 'question' and published_score_pct is null as is_word,
        case
            when level = 'question'
                then {{ printed_figure(
                    'published_pct', 'published_numerator', 'published_denominator', 'published_below'
                ) }}
            else coalesce(published_pct, published_rating)
        end as published,
        published_score_pct,
        published_numerator,
        published_denominator,
        published_below,
        base,
        part,
        coalesce(part * 100.0 / nullif(base, 0), published_score_pct - 0.5) as low,
        coalesce(part * 100.0 / nullif(base, 0), published_score_pct + 0.5) as high,
        part * 100.0 / nullif(base, 0) is not null as is_exact
    from parts
)

select * from final
