with possible_ratings as (
    select * from {{ ref('int_inspection__possible_rating') }}
),

performance as (
    select * from {{ ref('fct_leadership_performance') }}
),

adjustments as (
    select * from {{ ref('int_inspection__latest_adjustment') }}
),

published as (
    select * from {{ ref('int_inspection__current_published_score') }}
    where missing_parent is null and level = 'criterion'
),

-- Where performance is no evidence only `none` is possible; elsewhere it stands in for performance not loaded.
derived as (
    select
        possible_ratings.inspection_id,
        possible_ratings.sample_group,
        possible_ratings.criterion_code,
        possible_ratings.derived_rating,
        possible_ratings.evidence_items,
        possible_ratings.performance_rating
    from possible_ratings
    left join performance
        on possible_ratings.inspection_id = performance.inspection_id
    where possible_ratings.performance_rating in ('none', performance.performance_rating)
    qualify
        row_number() over (
            partition by
                possible_ratings.inspection_id, possible_ratings.sample_group, possible_ratings.criterion_code
            order by case when possible_ratings.performance_rating = 'none' then 1 else 0 end
        ) = 1
),

rated as (
    select
        coalesce(derived.inspection_id, adjustments.inspection_id) as inspection_id,
        coalesce(derived.sample_group, adjustments.sample_group) as sample_group,
        coalesce(derived.criterion_code, adjustments.criterion_code) as criterion_code,
        coalesce(derived.evidence_items, 0) as evidence_items,
        coalesce(derived.performance_rating, 'none') as performance_rating,
        derived.derived_rating,
        adjustments.adjusted_rating,
        coalesce(adjustments.adjusted_rating, derived.derived_rating) as rating,
        adjustments.reason,
        adjustments.decided_on
    from derived
    full join adjustments
        on
            derived.inspection_id = adjustments.inspection_id
            and derived.sample_group = adjustments.sample_group
            and derived.criterion_code = adjustments.criterion_code
),

final as (
    select
        rated.*,
        published.published_rating
    from rated
    left join published
        on
            rated.inspection_id = published.inspection_id
            and rated.sample_group = published.sample_group
            and rated.criterion_code = published.code
)

select * from final
