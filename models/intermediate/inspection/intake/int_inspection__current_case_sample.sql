with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

cases as (
    select * from {{ ref('stg_case_sample') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

final as (
    select
        cases.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            else nullif(concat_ws(
                ' ',
                case
                    when inspections.area_code <> cases.area_code then 'The area is not the area of this inspection.'
                end,
                case when cases.commenced_on > inspections.fieldwork_to then {{ commenced_after_fieldwork() }} end
            ), '')
        end as missing_parent
    from cases
    inner join current_files
        on cases.file_id = current_files.file_id
    left join inspections
        on cases.inspection_id = inspections.inspection_id
)

select * from final
