-- The main samples of pooled inspections, with their record keys and what became of them. Only months are published of
-- a person's dates, so a period of twelve months is twelve whole months.
with pools as (
    select * from {{ ref('cnt_pool_inspection') }}
),

cases as (
    select * from {{ ref('dim_case') }}
    where sample = 'main'
),

record_keys as (
    select * from {{ ref('rel_record_key') }}
),

outcomes as (
    select * from {{ ref('fct_case_outcome') }}
),

final as (
    select
        pools.framework_code,
        pools.performance_year,
        pools.inspections,
        {% for months in var('reconviction_months') %}
        {% set period_end = add_months('cases.commenced_month', months) %}
        outcomes.observed_to_month >= {{ period_end }} as is_observed_{{ months }},
        coalesce(outcomes.reconvicted_month between cases.commenced_month and {{ period_end }}, false)
            as is_reconvicted_{{ months }},
        {% endfor %}
        record_keys.record_key,
        cases.sex,
        cases.ethnicity_group,
        cases.age_band,
        cases.order_type,
        cases.risk_of_harm,
        case when cases.ppo then 'Y' else 'N' end as ppo,
        outcomes.oasys_start,
        outcomes.oasys_change
    from pools
    inner join cases
        on pools.inspection_id = cases.inspection_id
    inner join record_keys
        on
            cases.case_key = record_keys.case_key
            and cases.inspection_id = record_keys.period
    left join outcomes
        on
            cases.inspection_id = outcomes.inspection_id
            and cases.case_key = outcomes.case_key
)

select * from final
