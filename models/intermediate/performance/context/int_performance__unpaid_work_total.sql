-- Each figure may be off by half a unit of its last decimal as it was written, so a table may be off by the sum of that
-- over its parts and its total. Counts are not rounded.
with items as (
    select * from {{ ref('int_performance__current_unpaid_work') }}
    where missing_parent is null
),

tables as (
    select * from {{ ref('unpaid_work_tables') }}
),

ruled as (
    select
        items.*,
        tables.implied_total,
        coalesce(tables.topic, 'other') as topic,
        coalesce(tables.total_item, 'Total') as total_item,
        items.item = coalesce(tables.total_item, 'Total') as is_total,
        case when items.unit = 'percent' then 0.5 * power(10, -items.value_decimals) else 0 end as rounding
    from items
    left join tables
        on items.table_title = tables.table_title
),

final as (
    select
        area_code,
        year,
        table_title,
        topic,
        total_item,
        coalesce(max(case when is_total then value end), max(implied_total)) as published_total,
        count(case when is_total then value end) = 0 and max(implied_total) is not null as total_is_implied,
        cast(count(case when not is_total then 1 end) as int) as parts,
        cast(count(case when not is_total and value is null then 1 end) as int) as parts_without_value,
        count(distinct unit) as units,
        {{ exact_sum('case when not is_total then value end') }} as sum_of_parts,
        {{ exact_sum('rounding') }} as rounding_allowance
    from ruled
    group by area_code, year, table_title, topic, total_item
)

select * from final
