with figures as (
    select * from {{ ref('int_inspection__recomputed_figure') }}
),

ratings as (
    select * from {{ ref('fct_management_rating') }}
),

recomputed as (
    select
        figures.inspection_id,
        figures.sample_group,
        figures.level,
        figures.code,
        figures.published,
        case when figures.is_word then ratings.rating else figures.recomputed end as recomputed
    from figures
    left join ratings
        on
            figures.inspection_id = ratings.inspection_id
            and figures.sample_group = ratings.sample_group
            and figures.level = 'criterion'
            and figures.code = ratings.criterion_code
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
        end as verdict,
        case
            when recomputed is null then 'Nothing that this figure is computed from was delivered.'
            when recomputed <> published
                then concat('The report prints ', published, '; what was delivered gives ', recomputed, '.')
        end as explanation
    from recomputed
    union all
    select
        inspection_id,
        sample_group,
        level,
        code,
        check_name,
        published,
        implied_low,
        implied_high,
        cast(null as string) as recomputed,
        verdict,
        explanation
    from {{ ref('int_inspection__print_check') }}
)

select * from final
