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
        after.score - before.score as change,
        sqrt(before.variance + after.variance) as standard_error,
        before.is_reliable and after.is_reliable as is_reliable
    from inspections
    inner join scores as after
        on inspections.inspection_id = after.inspection_id
    inner join scores as before
        on
            inspections.earlier_inspection_id = before.inspection_id
            and after.level = before.level
            and after.code = before.code
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
        change,
        standard_error,
        {{ beyond_chance('change', 'standard_error') }} as beyond_chance,
        is_reliable
    from compared
)

select * from final
