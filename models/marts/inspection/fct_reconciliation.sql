with published as (
    select * from {{ ref('int_inspection__published_figure') }}
),

scores as (
    select * from {{ ref('int_inspection__score') }}
),

ratings as (
    select * from {{ ref('fct_management_rating') }}
),

recomputed as (
    select
        published.*,
        case
            when published.is_word then ratings.rating
            else cast({{ score_pct('scores.score') }} as string)
        end as recomputed
    from published
    left join scores
        on
            published.inspection_id = scores.inspection_id
            and published.sample_group = scores.sample_group
            and published.level = scores.level
            and published.code = scores.code
    left join ratings
        on
            published.inspection_id = ratings.inspection_id
            and published.sample_group = ratings.sample_group
            and published.level = 'criterion'
            and published.code = ratings.criterion_code
),

final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        'recomputed' as check_name,
        published,
        cast(null as double) as implied_low,
        cast(null as double) as implied_high,
        recomputed,
        case
            when recomputed is null then 'not derivable'
            when recomputed = published then 'consistent'
            else 'inconsistent'
        end as verdict
    from recomputed
    union all
    select
        inspection_id,
        sample_group,
        level,
        code,
        'internal' as check_name,
        published,
        implied_low,
        implied_high,
        cast(null as string) as recomputed,
        verdict
    from {{ ref('int_inspection__internal_check') }}
)

select * from final
