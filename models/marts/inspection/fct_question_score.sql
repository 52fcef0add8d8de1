{% set enough = 'counts.relevant_cases >= ' ~ var('fewest_interval_cases') %}
{% set share = ['counts.above_line_cases', 'counts.relevant_cases'] %}

with counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'sample_group'
),

published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where level = 'question'
),

final as (
    select
        counts.inspection_id,
        counts.sample_group,
        counts.question_code,
        counts.framework_code,
        counts.criterion_code,
        counts.relevant_cases,
        counts.above_line_cases,
        counts.proportion,
        {{ score_pct('counts.proportion') }} as score_pct,
        case when {{ enough }} then {{ wilson_low(*share) }} end as ci_low,
        case when {{ enough }} then {{ wilson_high(*share) }} end as ci_high,
        {{ proportion_reliability(*share) }} as reliability,
        {{ figure_status('counts.proportion', 'not_applicable', 'counts.relevant_cases') }} as figure_status,
        cast(round(published.published_score_pct) as int) as published_score_pct,
        cast(published.published_numerator as int) as published_numerator,
        cast(published.published_denominator as int) as published_denominator,
        cast(published.published_below as int) as published_below,
        published.published
    from counts
    inner join scored_groups
        on
            counts.inspection_id = scored_groups.inspection_id
            and counts.sample_group = scored_groups.sample_group
    left join published
        on
            counts.inspection_id = published.inspection_id
            and counts.sample_group = published.sample_group
            and counts.question_code = published.code
)

select * from final
