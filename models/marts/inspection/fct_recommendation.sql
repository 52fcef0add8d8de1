-- What a recommendation says is what the file in force says; a recommendation that it no longer gives is withdrawn.
with recommendations as (
    select * from {{ ref('int_inspection__current_recommendation') }}
    where missing_parent is null
),

statuses as (
    select * from {{ ref('int_inspection__recommendation_status') }}
),

final as (
    select
        recommendations.inspection_id,
        recommendations.recommendation_no,
        statuses.status_on,
        recommendations.theme,
        recommendations.criterion_code,
        recommendations.addressed_to,
        recommendations.due_on,
        recommendations.part,
        statuses.status,
        statuses.revision,
        statuses.is_latest
    from recommendations
    inner join statuses
        on
            recommendations.inspection_id = statuses.inspection_id
            and recommendations.recommendation_no = statuses.recommendation_no
)

select * from final
