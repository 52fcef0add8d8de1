{% set tolerance = var('float_tolerance') %}

with totals as (
    select * from {{ ref('int_performance__unpaid_work_total') }}
),

reasoned as (
    select
        *,
        case
            when published_total is null then 'The table gives no total.'
            when parts = 0 then 'The table gives nothing but its total.'
            when parts_without_value > 0 then 'A part of the total was not published.'
            when units > 1 then 'The table mixes percentages and counts.'
        end as reason
    from totals
),

final as (
    select
        area_code,
        year,
        table_title,
        topic,
        total_item,
        total_is_implied,
        parts,
        published_total,
        sum_of_parts,
        sum_of_parts - published_total as difference,
        rounding_allowance,
        case
            when reason is not null then 'not derivable'
            when abs(sum_of_parts - published_total) <= rounding_allowance + {{ tolerance }} then 'consistent'
            else 'inconsistent'
        end as verdict,
        reason
    from reasoned
)

select * from final
