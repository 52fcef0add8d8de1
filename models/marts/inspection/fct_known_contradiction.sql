with contradictions as (
    select * from {{ ref('known_contradictions') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

checks as (
    select * from {{ ref('fct_reconciliation') }}
),

final as (
    select
        contradictions.inspection_id,
        contradictions.sample_group,
        contradictions.level,
        contradictions.code,
        contradictions.published,
        contradictions.example_gives,
        contradictions.why,
        contradictions.found_by,
        checks.verdict,
        contradictions.source
    from contradictions
    inner join inspections
        on contradictions.inspection_id = inspections.inspection_id
    left join checks
        on
            contradictions.inspection_id = checks.inspection_id
            and contradictions.sample_group = checks.sample_group
            and contradictions.level = checks.level
            and contradictions.code = checks.code
            and contradictions.found_by = checks.check_name
)

select * from final
