-- A row for each case measure of a month that was delivered, even where no case counts towards it: delivered and 0 of 0
-- is not the same as missing. A view: the months of all cases and those of the groups are read apart.
{{ config(materialized='view') }}

{% set codes = case_measure_codes() %}

with sums as (
    select * from {{ ref('int_performance__case_sum') }}
),

files as (
    select * from {{ ref('int_performance__unit_file') }}
    where missing_parent is null
),

measures as (
    select * from {{ ref('measures') }}
),

final as (
    select
        sums.unit_code,
        sums.period_month,
        sums.characteristic,
        sums.category,
        measures.measure_code,
        cast(case lower(measures.measure_code)
            {% for code in codes %}
            when '{{ code }}' then sums.{{ code }}_numerator
            {% endfor %}
        end as double) as numerator,
        cast(case lower(measures.measure_code)
            {% for code in codes %}
            when '{{ code }}' then sums.{{ code }}_denominator
            {% endfor %}
        end as double) as denominator
    from sums
    inner join files
        on sums.file_id = files.file_id
    cross join measures
    where measures.derived_from = 'nsmart'
)

select * from final
