with scored_criteria as (
    select
        inspection_id,
        sample_group,
        framework_code,
        section_code,
        criterion_code
    from {{ ref('int_inspection__question_in_criterion') }}
    group by inspection_id, sample_group, framework_code, section_code, criterion_code
),

criteria as (
    select * from {{ ref('criteria') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where criterion_level_only = 0
),

weighted as (
    select
        scored_criteria.*,
        case when frameworks.section_method = 'weighted_by_criterion' then criteria.weight else 1 end as weight
    from scored_criteria
    inner join criteria
        on
            scored_criteria.framework_code = criteria.framework_code
            and scored_criteria.criterion_code = criteria.criterion_code
    inner join frameworks
        on scored_criteria.framework_code = frameworks.framework_code
    inner join scored_groups
        on
            scored_criteria.inspection_id = scored_groups.inspection_id
            and scored_criteria.sample_group = scored_groups.sample_group
),

final as (
    select
        inspection_id,
        sample_group,
        framework_code,
        section_code,
        criterion_code,
        cast(weight as double)
        / cast(sum(weight) over (partition by inspection_id, sample_group, section_code) as double) as coefficient
    from weighted
)

select * from final
