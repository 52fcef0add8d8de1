-- A colon is in no inspection's identifier and in no group's code, so it tells the kinds apart. A team's
-- code may have one.
with scored_cases as (
    select * from {{ ref('int_inspection__scored_case') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

counted as (
    select
        inspection_id,
        sample_group,
        split_part(inspection_id, ':', 2) as pooled_framework_code,
        split_part(inspection_id, ':', 3) as pooled_code,
        split_part(sample_group, ':', 1) as characteristic,
        case when instr(sample_group, ':') > 0 then substr(sample_group, instr(sample_group, ':') + 1) end as category,
        count(*) as cases
    from scored_cases
    group by inspection_id, sample_group
),

final as (
    select
        counted.inspection_id,
        counted.sample_group,
        case
            when counted.inspection_id like 'theme:%' then 'theme'
            when counted.pooled_code <> '' then 'pool'
            when counted.pooled_framework_code <> '' and counted.category <> '' then 'pool'
            when counted.pooled_framework_code <> '' then 'pooled'
            when counted.category is null then 'sample_group'
            when counted.characteristic = 'team' then 'team'
            else 'characteristic'
        end as group_kind,
        coalesce(inspections.framework_code, counted.pooled_framework_code) as framework_code,
        case when counted.category is not null then counted.characteristic end as characteristic,
        counted.category,
        counted.cases,
        coalesce(sample_groups.follow_up_questions_only, 0) as follow_up_questions_only,
        coalesce(sample_groups.criterion_level_only, 0) as criterion_level_only
    from counted
    left join inspections
        on counted.inspection_id = inspections.inspection_id
    left join sample_groups
        on counted.sample_group = sample_groups.sample_group
)

select * from final
