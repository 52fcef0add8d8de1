with members as (
    select * from {{ ref('int_inspection__current_theme') }}
    where missing_parent is null
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

case_counts as (
    select
        inspection_id,
        sample_group,
        cast(count(*) as int) as cases
    from {{ ref('int_inspection__case_group') }}
    group by inspection_id, sample_group
),

final as (
    select
        members.theme_code,
        members.area_code,
        members.inspection_id,
        inspections.framework_code,
        case_counts.cases,
        case
            when members.inspection_id is null then 'no inspection of ours'
            when case_counts.cases is null then 'no cases of the theme'
            else 'pooled'
        end as status
    from members
    left join inspections
        on members.inspection_id = inspections.inspection_id
    left join case_counts
        on
            members.inspection_id = case_counts.inspection_id
            and members.sample_group = case_counts.sample_group
)

select * from final
