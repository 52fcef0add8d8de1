-- N is the item for all cases of the latest year that ended before fieldwork; the other parts are of its table.
with inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

items as (
    select * from {{ ref('int_performance__caseload') }}
),

parts as (
    select * from {{ ref('caseload_parts') }}
),

named as (
    select
        inspections.inspection_id,
        parts.part_code,
        items.year,
        items.ended_before,
        items.table_title,
        items.value,
        items.unit
    from inspections
    inner join items
        on
            inspections.area_code = items.area_code
            and inspections.fieldwork_from >= items.ended_before
    inner join parts
        on lower(items.item) = lower(parts.caseload_item)
),

totals as (
    select
        inspection_id,
        year,
        table_title,
        value as caseload_cases
    from named
    where part_code = 'total' and unit = 'cases'
    qualify row_number() over (partition by inspection_id order by ended_before desc, table_title desc, value desc) = 1
),

final as (
    select
        totals.inspection_id,
        parts.part_code,
        parts.sample_group,
        totals.year as caseload_year,
        cast(totals.caseload_cases as int) as caseload_cases,
        cast(max(named.value) filter (where named.unit = 'cases') as int) as part_caseload_cases,
        coalesce(
            max(named.value) filter (where named.unit = 'cases') / nullif(totals.caseload_cases, 0),
            max(named.value) filter (where named.unit = 'percent') / 100
        ) as caseload_share
    from totals
    cross join parts
    left join named
        on
            totals.inspection_id = named.inspection_id
            and totals.year = named.year
            and totals.table_title = named.table_title
            and parts.part_code = named.part_code
    group by totals.inspection_id, parts.part_code, parts.sample_group, totals.year, totals.caseload_cases
)

select * from final
