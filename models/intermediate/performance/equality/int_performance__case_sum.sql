-- The one pass over the cases: the sums of a month for all of its cases, and for those of each group.
{% set codes = ['enf', 'cmp', 'con_arr', 'con_kept', 'roh_time', 'ppo_time', 'eth'] %}

with cases as (
    select * from {{ ref('int_performance__case_standard') }}
),

final as (
    select
        unit_code,
        period_month,
        case
            when grouping(sex) = 0 then 'sex'
            when grouping(ethnicity_group) = 0 then 'ethnicity_group'
            when grouping(order_type) = 0 then 'order_type'
            when grouping(risk_of_harm) = 0 then 'risk_of_harm'
            else 'all'
        end as characteristic,
        coalesce(sex, ethnicity_group, order_type, risk_of_harm, 'all') as category,
        {% for code in codes %}
        cast(sum({{ code }}_numerator) as bigint) as {{ code }}_numerator,
        cast(sum({{ code }}_denominator) as bigint) as {{ code }}_denominator{{ ',' if not loop.last }}
        {% endfor %}
    from cases
    group by grouping sets (
        (unit_code, period_month),
        (unit_code, period_month, sex),
        (unit_code, period_month, ethnicity_group),
        (unit_code, period_month, order_type),
        (unit_code, period_month, risk_of_harm)
    )
)

select * from final
