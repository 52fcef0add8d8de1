-- Every row of the list stands in the table: what was not delivered is a row without a value of ours.
with figures as (
    select * from {{ ref('int_performance__figure') }}
    where period <> 'month'
),

table_rows as (
    select * from {{ ref('int_performance__table_row') }}
),

areas as (
    select * from {{ ref('areas') }}
),

final as (
    select
        table_rows.*,
        {{ in_printed_unit('own.target', 'table_rows.printed_unit') }} as target,
        {% for pool in ['own', 'region', 'national'] %}
        {{ as_printed(pool ~ '.scaled_value', 'table_rows.printed_unit', 'table_rows.decimals') }}
            as {{ 'area' if pool == 'own' else pool }}_value,
        {% endfor %}
        own.scaled_value as unrounded_area_value,
        own.ci_low as area_ci_low,
        own.ci_high as area_ci_high,
        national.scaled_value as unrounded_national_value,
        own.status,
        coalesce(own.months_in, 0) as months_in,
        {{ figure_status('own.scaled_value', 'not_available', 'own.denominator') }} as figure_status
    from table_rows
    inner join areas
        on table_rows.area_code = areas.area_code
    {% for pool, code in [
        ('own', 'table_rows.area_code'), ('region', "concat('region:', areas.region)"), ('national', "'ENW'")
    ] %}
    left join figures as {{ pool }}
        on
            {{ pool }}.pool_code = {{ code }}
            and table_rows.measure_code = {{ pool }}.measure_code
            and table_rows.period = {{ pool }}.period
            and table_rows.last_month = {{ pool }}.period_month
    {% endfor %}
)

select * from final
