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

cases as (
    select * from {{ ref('int_inspection__case') }}
),

members as (
    select
        scored_cases.inspection_id,
        scored_cases.sample_group,
        cases.inspection_id as member_inspection_id,
        count(*) as cases
    from scored_cases
    inner join cases
        on scored_cases.case_key = cases.case_key
    group by scored_cases.inspection_id, scored_cases.sample_group, cases.inspection_id
),

counted as (
    select
        inspection_id,
        sample_group,
        split_part(inspection_id, ':', 2) as pooled_framework_code,
        split_part(inspection_id, ':', 3) as pooled_code,
        split_part(sample_group, ':', 1) as characteristic,
        case when instr(sample_group, ':') > 0 then substr(sample_group, instr(sample_group, ':') + 1) end as category,
        cast(sum(cases) as bigint) as cases,
        cast(count(*) as int) as inspections,
        max(cases) as largest_cases
    from members
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
        counted.inspections,
        cast(counted.largest_cases as double) / counted.cases as largest_share,
        coalesce(sample_groups.follow_up_questions_only, 0) as follow_up_questions_only,
        coalesce(sample_groups.criterion_level_only, 0) as criterion_level_only
    from counted
    left join inspections
        on counted.inspection_id = inspections.inspection_id
    left join sample_groups
        on counted.sample_group = sample_groups.sample_group
)

select * from final
