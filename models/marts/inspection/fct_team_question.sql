{% set enough = 'counts.relevant_cases >= ' ~ var('fewest_interval_cases') %}
{% set share = ['counts.above_line_cases', 'counts.relevant_cases'] %}

with counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

teams as (
    select * from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'team'
),

final as (
    select
        counts.inspection_id,
        teams.category as team_code,
        counts.question_code,
        counts.framework_code,
        counts.criterion_code,
        counts.relevant_cases,
        counts.above_line_cases,
        counts.proportion,
        case when {{ enough }} then {{ wilson_low(*share) }} end as ci_low,
        case when {{ enough }} then {{ wilson_high(*share) }} end as ci_high,
        {{ proportion_reliability(*share) }} as reliability,
        {{ figure_status('counts.proportion', 'not_applicable', 'counts.relevant_cases') }} as figure_status
    from counts
    inner join teams
        on
            counts.inspection_id = teams.inspection_id
            and counts.sample_group = teams.sample_group
)

select * from final
