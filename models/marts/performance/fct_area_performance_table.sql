-- Every row of the list stands in the table: what was not delivered is a row without a value of ours.
{% set tolerance = var('float_tolerance') %}
{% set compared = ['target', 'area_value', 'region_value', 'national_value'] %}

with figures as (
    select * from {{ ref('int_performance__figure') }}
    where period <> 'month'
),

table_rows as (
    select * from {{ ref('int_performance__table_row') }}
),

areas as (
    select * from {{ ref('dim_area') }}
),

set_beside as (
    select
        table_rows.*,
        {{ in_printed_unit('own.target', 'table_rows.printed_unit') }} as target,
        {% for pool in ['own', 'region', 'national'] %}
        {{ as_printed(pool ~ '.scaled_value', 'table_rows.printed_unit', 'table_rows.decimals') }}
            as {{ 'area' if pool == 'own' else pool }}_value,
        {% endfor %}
        own.scaled_value as unrounded_area_value,
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
),

final as (
    select
        area_code,
        performance_year,
        print_order,
        measure_code,
        measure_title,
        printed_unit,
        target,
        area_value,
        region_value,
        national_value,
        unrounded_area_value,
        unrounded_national_value,
        status,
        first_month,
        last_month as period_month,
        months_in,
        case
            when is_printed
                then cast((year(last_month) - year(first_month)) * 12 + month(last_month) - month(first_month) + 1 as int)
            else 12
        end as table_months,
        figure_status,
        {% for column in compared %}
        printed_{{ column }},
        {% endfor %}
        case
            when not is_printed then null
            when area_value is null or national_value is null then 'not derivable'
            {% for column in compared %}
            when coalesce(abs({{ column }} - printed_{{ column }}), 0) > {{ tolerance }} then 'inconsistent'
            {% endfor %}
            else 'consistent'
        end as verdict,
        note,
        source
    from set_beside
)

select * from final
