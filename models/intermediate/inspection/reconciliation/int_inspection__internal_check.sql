with published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where level in ('section', 'overall') and not is_word
),

allowed as (
    select
        inspection_id,
        sample_group,
        'section' as level,
        section_code as code,
        allowed_low,
        allowed_high
    from {{ ref('int_inspection__section_allowed') }}
    union all
    select
        inspection_id,
        sample_group,
        'overall' as level,
        overall_code as code,
        allowed_low,
        allowed_high
    from {{ ref('int_inspection__overall_allowed') }}
),

compared as (
    select
        published.inspection_id,
        published.sample_group,
        published.level,
        published.code,
        published.published,
        allowed.allowed_low as implied_low,
        allowed.allowed_high as implied_high,
        case
            when allowed.code is null then 'not derivable'
            when published.low < allowed.allowed_high and allowed.allowed_low < published.high then 'consistent'
            else 'inconsistent'
        end as verdict
    from published
    left join allowed
        on
            published.inspection_id = allowed.inspection_id
            and published.sample_group = allowed.sample_group
            and published.level = allowed.level
            and published.code = allowed.code
),

final as (
    select
        *,
        case
            when verdict = 'not derivable' then 'The report does not print every figure that this one is made of.'
            when verdict = 'inconsistent' and level = 'section'
                then {{ cannot_follow('criteria', 'implied_low', 'implied_high', 'published') }}
            when verdict = 'inconsistent'
                then {{ cannot_follow('sections', 'implied_low', 'implied_high', 'published') }}
        end as explanation
    from compared
)

select * from final
