-- A row for each case measure of a month that was delivered, even where no case counts towards it: delivered and 0 of 0
-- is not the same as missing.
{% set codes = ['enf', 'cmp', 'con_arr', 'con_kept', 'roh_time', 'ppo_time', 'eth'] %}

with cases as (
    select * from {{ ref('int_performance__case_standard') }}
),

measures as (
    select * from {{ ref('measures') }}
),

months as (
    select
        unit_code,
        period_month,
        {% for code in codes %}
        sum({{ code }}_numerator) as {{ code }}_numerator,
        sum({{ code }}_denominator) as {{ code }}_denominator{{ ',' if not loop.last }}
        {% endfor %}
    from cases
    group by unit_code, period_month
),

final as (
    select
        months.unit_code,
        months.period_month,
        measures.measure_code,
        cast(case lower(measures.measure_code)
            {% for code in codes %}
            when '{{ code }}' then months.{{ code }}_numerator
            {% endfor %}
        end as double) as numerator,
        cast(case lower(measures.measure_code)
            {% for code in codes %}
            when '{{ code }}' then months.{{ code }}_denominator
            {% endfor %}
        end as double) as denominator
    from months
    cross join measures
    where measures.derived_from = 'nsmart'
)

select * from final
