-- The one pass over the cases: each counts in the sums of its file, and in those of its groups there. What a file holds
-- changes only where rows of it are held for the cases that they name, so these files and those that came since the
-- last build are summed, whether or not they count in the end.
{{ config(materialized='incremental', incremental_strategy='append', pre_hook='{{ forget_changed_files() }}') }}
-- depends_on: {{ ref('stg_file') }} {{ ref('stg_named_case') }}

{% set characteristics = ['sex', 'ethnicity_group', 'order_type', 'risk_of_harm', 'team_code'] %}

with cases as (
    select * from {{ ref('int_performance__case_standard') }}
    {{ new_files_only('nsmart') }}
),

measures as (
    select measure_code from {{ ref('measures') }}
    where case_denominator is not null
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
            when '{{ characteristic }}' then coalesce(cases.{{ characteristic }}, 'Not known')
            {% endfor %}
            else 'all'
        end as category
    from cases
    cross join characteristics
),

sums as (
    select
        {% for measure in case_measures() %}
        sum({{ measure.code }}_numerator) as {{ measure.code }}_numerator,
        sum({{ measure.code }}_denominator) as {{ measure.code }}_denominator,
        {% endfor %}
        file_id,
        unit_code,
        period_month,
        characteristic,
        category,
        count(*) as cases
    from grouped
    group by file_id, unit_code, period_month, characteristic, category
),

final as (
    select
        sums.file_id,
        sums.unit_code,
        sums.period_month,
        sums.characteristic,
        sums.category,
        measures.measure_code,
        cast(case measures.measure_code
            {% for measure in case_measures() %}
            when '{{ measure.measure_code }}' then sums.{{ measure.code }}_numerator
            {% endfor %}
        end as bigint) as numerator,
        cast(case measures.measure_code
            {% for measure in case_measures() %}
            when '{{ measure.measure_code }}' then sums.{{ measure.code }}_denominator
            {% endfor %}
        end as bigint) as denominator,
        sums.cases
    from sums
    cross join measures
)

select * from final
