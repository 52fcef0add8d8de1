-- Evidence for a criterion that is scored from judgements makes no word, and what the NPD answers for is not the
-- area's.
with evidence as (
    select * from {{ ref('int_inspection__current_management_evidence') }}
    where missing_parent is null and responsible <> 'NPD'
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

criteria as (
    select * from {{ ref('criteria') }}
    where scoring = 'descriptive'
),

evidence_ratings as (
    select * from {{ ref('evidence_ratings') }}
),

final as (
    select
        evidence.inspection_id,
        evidence.sample_group,
        inspections.framework_code,
        evidence.criterion_code,
        evidence.item_no,
        evidence_ratings.strength,
        case when evidence.sample_group = 'all' then criteria.performance_items else 0 end as performance_items
    from evidence
    inner join inspections
        on evidence.inspection_id = inspections.inspection_id
    inner join criteria
        on
            inspections.framework_code = criteria.framework_code
            and evidence.criterion_code = criteria.criterion_code
    inner join evidence_ratings
        on evidence.rating = evidence_ratings.rating
)

select * from final
