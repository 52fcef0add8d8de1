-- What shows that a programme's deadline was met. Of plans nothing is delivered.
with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

recommendations as (
    select * from {{ ref('int_inspection__current_recommendation') }}
    where missing_parent is null
),

statuses as (
    select * from {{ ref('int_inspection__recommendation_status') }}
    where is_latest
),

final as (
    select
        inspection_id,
        'publication' as deadline,
        published_on as met_on
    from inspections
    where published_on is not null

    union all

    select
        recommendations.inspection_id,
        'implementation' as deadline,
        max(statuses.status_on) as met_on
    from recommendations
    inner join statuses
        on
            recommendations.inspection_id = statuses.inspection_id
            and recommendations.recommendation_no = statuses.recommendation_no
    group by recommendations.inspection_id
    having count(*) filter (where statuses.status = 'open') = 0

    union all

    select
        follow_up_of as inspection_id,
        'further_inspection' as deadline,
        min(fieldwork_from) as met_on
    from inspections
    where follow_up_of is not null
    group by follow_up_of
)

select * from final
