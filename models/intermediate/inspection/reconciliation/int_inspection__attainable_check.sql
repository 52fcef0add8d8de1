with published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where level = 'question' and published_score_pct is not null
),

bases as (
    select * from {{ ref('int_inspection__attainable_base') }}
),

compared as (
    select
        published.inspection_id,
        published.sample_group,
        published.level,
        published.code,
        published.published,
        bases.pct,
        bases.cases,
        bases.part,
        bases.base,
        bases.has_count,
        bases.smallest_base,
        case
            when coalesce(bases.base, bases.cases) is null then 'not derivable'
            when bases.smallest_base <= coalesce(bases.base, bases.cases) then 'consistent'
            else 'inconsistent'
        end as verdict
    from published
    left join bases
        on
            published.inspection_id = bases.inspection_id
            and published.sample_group = bases.sample_group
            and published.code = bases.question_code
),

final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        published,
        verdict,
        case
            when verdict = 'not derivable' and pct is null then 'The percentage is printed with decimals.'
            when verdict = 'not derivable' then 'The cases of this group were not delivered.'
            when verdict = 'inconsistent' and part is not null
                then concat(part, ' of ', base, ' is not ', pct, ' per cent.')
            when verdict = 'inconsistent' and base is not null
                then concat(pct, ' per cent is not a share of ', base, ' cases.')
            when verdict = 'inconsistent' and has_count
                then concat('The printed count is not ', pct, ' per cent of ', cases, ' cases or fewer.')
            when verdict = 'inconsistent'
                then concat(
                    pct, ' per cent is not a share of ', cases, ' cases or fewer: ',
                    'the smallest base is ', smallest_base, '.'
                )
        end as explanation
    from compared
)

select * from final
