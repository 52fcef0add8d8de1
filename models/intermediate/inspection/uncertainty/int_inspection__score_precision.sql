-- The centre of an interval is the score, exactly 0 or 1 where all answers agree, which a sum of coefficients may miss.
with scores as (
    select * from {{ ref('int_inspection__score') }}
),

scored_groups as (
    select
        *,
        group_kind in ('pooled', 'pool', 'theme') as is_pool
    from {{ ref('int_inspection__scored_group') }}
),

errors as (
    select * from {{ ref('int_inspection__score_error') }}
),

caseloads as (
    select * from {{ ref('int_inspection__caseload_item') }}
    where part_caseload_cases is not null
),

sized as (
    select
        scores.*,
        scored_groups.group_kind,
        scored_groups.characteristic,
        scored_groups.category,
        scored_groups.is_pool,
        scored_groups.cases,
        scored_groups.inspections,
        scored_groups.largest_share,
        errors.variance,
        errors.within_variance,
        caseloads.part_caseload_cases as caseload_cases,
        case when scores.is_at_end then round(scores.score) else scores.score end as centre,
        {{ effective_size('errors.variance', 'scored_groups.cases') }} as n_eff,
        {{ effective_size('errors.within_variance', 'scored_groups.cases') }} as within_n_eff
    from scores
    inner join scored_groups
        on
            scores.inspection_id = scored_groups.inspection_id
            and scores.sample_group = scored_groups.sample_group
    left join errors
        on
            scores.inspection_id = errors.inspection_id
            and scores.sample_group = errors.sample_group
            and scores.level = errors.level
            and scores.code = errors.code
    left join caseloads
        on
            scores.inspection_id = caseloads.inspection_id
            and scores.sample_group = caseloads.sample_group
),

final as (
    select
        *,
        {{ reliability('sized', 'word') }} as reliability,
        {{ reliability('sized', 'reason') }} as reliability_reason
    from sized
)

select * from final
