{{ config(materialized='view') }}

with printed as (
    select * from {{ ref('printed_figures') }}
),

tables as (
    select * from {{ ref('printed_tables') }}
),

counts as (
    select
        'outcomes' as printed_table,
        inspection_id,
        sample_group,
        item,
        numerator,
        base
    from {{ ref('int_inspection__outcome_count') }}
    union all
    select
        'sample' as printed_table,
        inspection_id,
        sample_group,
        item,
        numerator,
        base
    from {{ ref('int_inspection__sample_count') }}
    union all
    select
        'needs' as printed_table,
        inspection_id,
        sample_group,
        item,
        numerator,
        base
    from {{ ref('int_inspection__need_count') }}
    union all
    select
        'classification' as printed_table,
        inspection_id,
        'all' as sample_group,
        concat(judge, ' ', risk_of_harm) as item,
        cases as numerator,
        base
    from {{ ref('int_inspection__classification_count') }}
),

final as (
    select
        printed.*,
        tables.counted_from,
        counts.numerator,
        counts.base
    from printed
    inner join tables
        on printed.printed_table = tables.printed_table
    left join counts
        on
            printed.printed_table = counts.printed_table
            and printed.inspection_id = counts.inspection_id
            and printed.sample_group = counts.sample_group
            and printed.item = counts.item
)

select * from final
