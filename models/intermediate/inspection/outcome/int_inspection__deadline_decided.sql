-- The days that decisions name in the place of the programme's rule. Of several of one kind the first counts.
with decisions as (
    select * from {{ ref('int_inspection__current_decision') }}
    where missing_parent is null
),

final as (
    select
        inspection_id,
        'further_inspection' as deadline,
        min(planned_for) as decided_due_on
    from decisions
    where decision in ('serious_concern', 'further_inspection')
    group by inspection_id

    {% for deadline, column in [
        ('action_plan', 'plan_due_on'), ('improvement_plan', 'plan_due_on'), ('implementation', 'implementation_due_on')
    ] %}
    union all

    select
        inspection_id,
        '{{ deadline }}' as deadline,
        min({{ column }}) as decided_due_on
    from decisions
    where {{ column }} is not null
    group by inspection_id
    {% endfor %}
)

select * from final
