-- The best word of the framework's scale all of whose conditions hold.
with tally as (
    select * from {{ ref('int_inspection__evidence_tally') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

rating_scales as (
    select * from {{ ref('rating_scales') }}
),

words_held as (
    select
        tally.inspection_id,
        tally.sample_group,
        tally.framework_code,
        tally.criterion_code,
        tally.performance_rating,
        rating_scales.rating_order,
        rating_scales.rating,
        sum(tally.items) as items
    from tally
    inner join frameworks
        on tally.framework_code = frameworks.framework_code
    inner join rating_scales
        on frameworks.rating_scale = rating_scales.rating_scale
    group by
        tally.inspection_id,
        tally.sample_group,
        tally.framework_code,
        tally.criterion_code,
        tally.performance_rating,
        rating_scales.rating_order,
        rating_scales.rating,
        rating_scales.every_item_from,
        rating_scales.most_items_from,
        rating_scales.some_item_from
    having
        min(tally.strength) >= rating_scales.every_item_from
        and max(tally.strength) >= rating_scales.some_item_from
        and sum(case when tally.strength >= rating_scales.most_items_from then tally.items else 0 end)
        > 0.5 * sum(tally.items)
),

final as (
    select
        inspection_id,
        sample_group,
        framework_code,
        criterion_code,
        performance_rating,
        rating as derived_rating,
        cast(items as int) as evidence_items
    from words_held
    qualify
        row_number() over (
            partition by inspection_id, sample_group, criterion_code, performance_rating order by rating_order desc
        ) = 1
)

select * from final
