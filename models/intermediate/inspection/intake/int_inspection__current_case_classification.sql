with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

classifications as (
    select * from {{ ref('stg_case_classification') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

cases as (
    select * from {{ ref('int_inspection__case') }}
),

final as (
    select
        classifications.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            when cases.case_key is null then {{ no_such_case() }}
        end as missing_parent
    from classifications
    inner join current_files
        on classifications.file_id = current_files.file_id
    left join inspections
        on classifications.inspection_id = inspections.inspection_id
    left join cases
        on
            classifications.inspection_id = cases.inspection_id
            and classifications.case_key = cases.case_key
)

select * from final
