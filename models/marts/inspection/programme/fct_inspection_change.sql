-- Follow-ups are compared in fct_follow_up_change, with what is comparable in their originals.
with inspections as (
    select
        inspection_id,
        framework_code,
        area_code,
        lag(inspection_id) over (
            partition by framework_code, area_code order by fieldwork_from, inspection_id
        ) as earlier_inspection_id
    from {{ ref('int_inspection__inspection') }}
    where follow_up_of is null
),

scores as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind = 'sample_group' and sample_group = 'all'
),

compared as (
    select
        inspections.inspection_id,
        after.level,
        after.code,
        inspections.framework_code,
        inspections.area_code,
        inspections.earlier_inspection_id,
        before.score as earlier_score,
        after.score,
        after.score - before.score as difference,
        before.variance + after.variance as variance,
        before.variance_floor + after.variance_floor as variance_floor,
        least(before.cases, after.cases) - 1 as degrees_of_freedom,
        {{ lesser_reliability('before.reliability', 'after.reliability') }} as reliability
    from inspections
    inner join scores as after
        on inspections.inspection_id = after.inspection_id
    inner join scores as before
        on
            inspections.earlier_inspection_id = before.inspection_id
            and after.level = before.level
            and after.code = before.code
),

differences as (
    {{ tested_differences('compared', 'inspection_id') }}
),

final as (
    select
        inspection_id,
        level,
        code,
        framework_code,
        area_code,
        earlier_inspection_id,
        earlier_score,
        score,
        difference as change,
        standard_error,
        degrees_of_freedom,
        p_value,
        q_value,
        beyond_chance,
        reliability,
        reliability = 'reliable' as is_reliable
    from differences
)

select * from final
