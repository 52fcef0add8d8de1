-- The one pass over the cases: each counts in the sums of its file, and in those of its groups there. What a file holds
-- changes only where rows of it are held for the cases that they name, so these files and those that came since the
-- last build are summed, whether or not they count in the end.
{{ config(materialized='incremental', incremental_strategy='append', pre_hook='{{ forget_changed_files() }}') }}
-- depends_on: {{ ref('stg_file') }} {{ ref('stg_named_case') }}

{% set codes = case_measure_codes() %}
{% set characteristics = ['sex', 'ethnicity_group', 'order_type', 'risk_of_harm'] %}

with cases as (
    select * from {{ ref('int_performance__case_standard') }}
    {{ new_files_only('nsmart') }}
),

characteristics as (
    {% for characteristic in characteristics %}
    select '{{ characteristic }}' as characteristic
    union all
    {% endfor %}
    select 'all' as characteristic
),

grouped as (
    select
        cases.*,
        characteristics.characteristic,
        case characteristics.characteristic
            {% for characteristic in characteristics %}
            when '{{ characteristic }}' then cases.{{ characteristic }}
            {% endfor %}
            else 'all'
        end as category
    from cases
    cross join characteristics
),

final as (
    select
        {% for code in codes %}
        cast(sum({{ code }}_numerator) as bigint) as {{ code }}_numerator,
        cast(sum({{ code }}_denominator) as bigint) as {{ code }}_denominator,
        {% endfor %}
        file_id,
        unit_code,
        period_month,
        characteristic,
        category
    from grouped
    group by file_id, unit_code, period_month, characteristic, category
)

select * from final
