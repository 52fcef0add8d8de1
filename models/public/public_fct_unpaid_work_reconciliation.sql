-- Sums are shown of tables of which everything is.
with reconciliations as (
    select * from {{ ref('fct_unpaid_work_reconciliation') }}
),

suppressed_tables as (
    select distinct
        area_code,
        year,
        table_title
    from {{ ref('public_fct_unpaid_work') }}
    where figure_status = 'suppressed'
),

disclosed as (
    select
        reconciliations.*,
        suppressed_tables.area_code is not null as is_suppressed
    from reconciliations
    left join suppressed_tables
        on
            reconciliations.area_code = suppressed_tables.area_code
            and reconciliations.year = suppressed_tables.year
            and reconciliations.table_title = suppressed_tables.table_title
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
        {% for figure in ['published_total', 'sum_of_parts', 'difference'] %}
        {{ unless_suppressed(figure) }} as {{ figure }},
        {% endfor %}
        rounding_allowance,
        verdict,
        reason,
        {{ figure_status('difference', 'not_available') }} as figure_status
    from disclosed
)

select * from final
