with published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where level = 'criterion' and not is_word
),

allowed as (
    select * from {{ ref('int_inspection__criterion_allowed') }}
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
            when allowed.criterion_code is null then 'not derivable'
            when
                allowed.allowed_low >= published.high
                or allowed.allowed_high < published.low
                or (allowed.allowed_high = published.low and not allowed.is_closed)
                then 'inconsistent'
            when allowed.is_complete then 'consistent'
            else 'not derivable'
        end as verdict
    from published
    left join allowed
        on
            published.inspection_id = allowed.inspection_id
            and published.sample_group = allowed.sample_group
            and published.code = allowed.criterion_code
),

final as (
    select
        *,
        case
            when verdict = 'inconsistent'
                then {{ cannot_follow('questions', 'implied_low', 'implied_high', 'published') }}
            when verdict = 'not derivable' and implied_low is null
                then 'No question of this criterion counts in its score for this group.'
            when verdict = 'not derivable'
                then 'The report does not print all questions of this criterion with a percentage, or a count and base.'
        end as explanation
    from compared
)

select * from final
