with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

evidence as (
    select * from {{ ref('stg_management_evidence') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

known_criteria as (
    select * from {{ ref('int_inspection__known_code') }}
    where level = 'criterion'
),

final as (
    select
        evidence.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            else nullif(concat_ws(
                ' ',
                case when sample_groups.sample_group is null then {{ no_such_sample_group() }} end,
                case when known_criteria.code is null then {{ no_such_code('criterion') }} end
            ), '')
        end as missing_parent
    from evidence
    inner join current_files
        on evidence.file_id = current_files.file_id
    left join inspections
        on evidence.inspection_id = inspections.inspection_id
    left join sample_groups
        on evidence.sample_group = sample_groups.sample_group
    left join known_criteria
        on
            evidence.inspection_id = known_criteria.inspection_id
            and evidence.criterion_code = known_criteria.code
)

select * from final
