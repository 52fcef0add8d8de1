-- Every area of a programme has a row, inspected or not. Follow-ups judge some of the work again and add no coverage.
with programmes as (
    select * from {{ ref('programmes') }}
),

areas as (
    select * from {{ ref('areas') }}
    where esi_area = 1
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

judged as (
    select distinct
        inspection_id,
        case_key
    from {{ ref('int_inspection__judgement') }}
),

followed as (
    select * from {{ ref('int_inspection__case_reconviction') }}
    where is_observed
),

final as (
    select
        programmes.framework_code,
        areas.area_code,
        cast(count(distinct inspections.inspection_id) as int) as inspections,
        min(inspections.fieldwork_from) as first_fieldwork_on,
        max(inspections.fieldwork_from) as last_fieldwork_on,
        cast(count(judged.case_key) as int) as judged_cases,
        case
            when programmes.followed_months is not null then cast(count(followed.case_key) as int)
        end as followed_cases
    from programmes
    cross join areas
    left join inspections
        on
            programmes.framework_code = inspections.framework_code
            and areas.area_code = inspections.area_code
    left join judged
        on inspections.inspection_id = judged.inspection_id
    left join followed
        on
            judged.case_key = followed.case_key
            and programmes.followed_months = followed.months
    group by programmes.framework_code, programmes.followed_months, areas.area_code
)

select * from final
