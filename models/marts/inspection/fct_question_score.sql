with counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'sample_group'
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
        {{ wilson_low('counts.above_line_cases', 'counts.relevant_cases') }} as ci_low,
        {{ wilson_high('counts.above_line_cases', 'counts.relevant_cases') }} as ci_high,
        {{ figure_status('counts.proportion', 'not_applicable', 'counts.relevant_cases') }} as figure_status
    from counts
    inner join scored_groups
        on
            counts.inspection_id = scored_groups.inspection_id
            and counts.sample_group = scored_groups.sample_group
)

select * from final
