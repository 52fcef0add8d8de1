-- A criterion's own items, and where performance is evidence too, those with each rating that it may come to: which one
-- it is, the marts know, for one subject does not read the workings of another.
with items as (
    select * from {{ ref('int_inspection__evidence_item') }}
),

evidence_ratings as (
    select * from {{ ref('evidence_ratings') }}
),

own as (
    select
        inspection_id,
        sample_group,
        framework_code,
        criterion_code,
        strength,
        max(performance_items) as performance_items,
        count(*) as items
    from items
    group by inspection_id, sample_group, framework_code, criterion_code, strength
),

final as (
    select
        inspection_id,
        sample_group,
        framework_code,
        criterion_code,
        'none' as performance_rating,
        strength,
        items
    from own
    union all
    select
        own.inspection_id,
        own.sample_group,
        own.framework_code,
        own.criterion_code,
        evidence_ratings.rating as performance_rating,
        own.strength,
        own.items
    from own
    inner join evidence_ratings
        on own.performance_items > 0
    union all
    select distinct
        items.inspection_id,
        items.sample_group,
        items.framework_code,
        items.criterion_code,
        evidence_ratings.rating as performance_rating,
        evidence_ratings.strength,
        cast(items.performance_items as bigint) as items
    from items
    inner join evidence_ratings
        on items.performance_items > 0
)

select * from final
