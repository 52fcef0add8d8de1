with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

decisions as (
    select * from {{ ref('stg_decision') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

final as (
    select
        decisions.*,
        case when inspections.inspection_id is null then {{ no_such_inspection() }} end as missing_parent
    from decisions
    inner join current_files
        on decisions.file_id = current_files.file_id
    left join inspections
        on decisions.inspection_id = inspections.inspection_id
)

select * from final
