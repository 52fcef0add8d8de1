-- The values of cases under their names again.
with deviations as (
    select * from {{ ref('int_inspection__numbered_deviation') }}
),

case_numbers as (
    select * from {{ ref('int_inspection__case_number') }}
),

final as (
    select
        deviations.inspection_id,
        case_numbers.sample_group,
        deviations.level,
        deviations.code,
        case_numbers.case_key,
        deviations.deviation
    from deviations
    inner join case_numbers
        on
            deviations.inspection_id = case_numbers.inspection_id
            and deviations.group_no = case_numbers.group_no
            and deviations.case_no = case_numbers.case_no
)

select * from final
