-- Whole numbers for groups and cases within an inspection: the pass over the judgements counts tens of rows for each of
-- them, and takes four times as long where their names are what it compares.
with scored_cases as (
    select * from {{ ref('int_inspection__scored_case') }}
),

final as (
    select
        inspection_id,
        sample_group,
        case_key,
        cast(dense_rank() over (partition by inspection_id order by sample_group) as int) as group_no,
        cast(dense_rank() over (partition by inspection_id order by case_key) as int) as case_no
    from scored_cases
)

select * from final
