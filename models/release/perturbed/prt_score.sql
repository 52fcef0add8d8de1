-- Scores of practice, coarse: whole per cents from 20 cases, cases to the nearest 5. Of all cases, those of high risk
-- of harm and the thematic groups.
{% set levels = {
    'criterion': 'criterion_code',
    'section': 'section_code',
    'overall': 'overall_code',
    'thread': 'thread_code',
} %}

with scores as (
    {% for level, code in levels.items() %}
    select
        '{{ level }}' as level,
        inspection_id,
        sample_group,
        {{ code }} as code,
        framework_code,
        cases,
        score,
        score_pct,
        published_score_pct
    from {{ ref('fct_' ~ level ~ '_score') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
    where is_pooled = 1
),

final as (
    select
        scores.level,
        scores.inspection_id,
        scores.sample_group,
        scores.code,
        scores.framework_code,
        case
            when scores.cases >= {{ var('fewest_scored_cases') }}
                then cast({{ to_multiple('scores.cases', 5) }} as int)
        end as cases,
        case when scores.cases >= {{ var('fewest_scored_cases') }} then scores.score_pct end as score_pct,
        case
            when scores.score is null then 'not_applicable'
            when scores.cases < {{ var('fewest_scored_cases') }} then 'few_people'
            else 'shown'
        end as figure_status,
        scores.published_score_pct
    from scores
    inner join sample_groups
        on scores.sample_group = sample_groups.sample_group
)

select * from final
