with published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where level = 'question' and published_score_pct is not null
),

bases as (
    select
        *,
        coalesce(published_numerator, published_denominator - published_below) as printed_part
    from {{ ref('int_inspection__attainable_base') }}
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
        bases.printed_part,
        bases.published_denominator,
        bases.smallest_base,
        case
            when coalesce(bases.published_denominator, bases.cases) is null then 'not derivable'
            when bases.smallest_base <= coalesce(bases.published_denominator, bases.cases) then 'consistent'
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
            when verdict = 'inconsistent' and published_denominator is not null and printed_part is not null
                then concat(printed_part, ' of ', published_denominator, ' is not ', pct, ' per cent.')
            when verdict = 'inconsistent' and published_denominator is not null
                then concat(pct, ' per cent is not a share of ', published_denominator, ' cases.')
            when verdict = 'inconsistent' and smallest_base is null
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
