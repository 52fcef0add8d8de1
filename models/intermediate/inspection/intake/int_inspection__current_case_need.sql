with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

case_needs as (
    select * from {{ ref('stg_case_need') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

cases as (
    select * from {{ ref('int_inspection__case') }}
),

needs as (
    select * from {{ ref('needs') }}
),

final as (
    select
        case_needs.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            else nullif(concat_ws(
                ' ',
                case when cases.case_key is null then {{ no_such_case() }} end,
                case when needs.need is null then {{ no_such_need() }} end
            ), '')
        end as missing_parent
    from case_needs
    inner join current_files
        on case_needs.file_id = current_files.file_id
    left join inspections
        on case_needs.inspection_id = inspections.inspection_id
    left join cases
        on
            case_needs.inspection_id = cases.inspection_id
            and case_needs.case_key = cases.case_key
    left join needs
        on case_needs.need = needs.need
)

select * from final
