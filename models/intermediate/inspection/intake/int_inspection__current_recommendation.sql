with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

recommendations as (
    select * from {{ ref('stg_recommendation') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

known_criteria as (
    select * from {{ ref('int_inspection__known_code') }}
    where level = 'criterion'
),

final as (
    select
        recommendations.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            when recommendations.criterion_code is not null and known_criteria.code is null
                then {{ no_such_code('criterion') }}
        end as missing_parent
    from recommendations
    inner join current_files
        on recommendations.file_id = current_files.file_id
    left join inspections
        on recommendations.inspection_id = inspections.inspection_id
    left join known_criteria
        on
            recommendations.inspection_id = known_criteria.inspection_id
            and recommendations.criterion_code = known_criteria.code
)

select * from final
