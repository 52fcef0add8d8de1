-- A view: millions of cases pass through once, into the sums of their months.
{{ config(materialized='view') }}

-- What each case adds to the numerator and denominator of the case measures (performance specification, computing the
-- case measures). An act without a date was not done in time. Seed measures names the terms that each measure counts:
-- conditions, which count a case as one or not at all, or amounts.
with cases as (
    select * from {{ ref('int_performance__case_timing') }}
),

order_types as (
    select * from {{ ref('order_types') }}
),

ethnicities as (
    select * from {{ ref('ethnicities') }}
),

limits as (
    select
        max(case when measure_code = 'ENF' then working_days end) as enf_days,
        max(case when measure_code = 'ROH_TIME' then working_days end) as roh_days,
        max(case when measure_code = 'PPO_TIME' then working_days end) as ppo_days
    from {{ ref('time_limits') }}
),

judged as (
    select
        cases.*,
        true as is_case,
        least(cases.appts_arranged, cases.appts_required) as appts_arranged_of_required,
        cases.breach_days <= limits.enf_days as breached_in_time,
        cases.unacceptable_absences <= order_types.permitted_absences or cases.allowed_to_continue = 'Y' as complied,
        cases.risk_of_harm in ('H', 'V') as is_high_risk,
        cases.risk_assessment_days <= limits.roh_days
        and cases.risk_plan_days <= limits.roh_days
        and cases.sentence_plan_days <= limits.roh_days as high_risk_in_time,
        cases.ppo = 'Y' as is_ppo,
        cases.risk_assessment_days <= limits.ppo_days
        and cases.sentence_plan_days <= limits.ppo_days as ppo_in_time,
        ethnicities.ethnicity_group,
        ethnicities.ethnicity_code is not null as has_valid_ethnicity
    from cases
    cross join limits
    inner join order_types
        on cases.order_type = order_types.order_type
    left join ethnicities
        on cases.ethnicity = ethnicities.ethnicity_code
),

final as (
    select
        file_id,
        row_number,
        unit_code,
        period_month,
        record_no,
        case_key,
        sex,
        coalesce(ethnicity_group, 'Not known') as ethnicity_group,
        order_type,
        risk_of_harm,
        ppo,
        team_code,
        appts_required,
        appts_arranged,
        appts_kept,
        {% for measure in case_measures() %}
        {{ case_numerator(measure) }} as {{ measure.code }}_numerator,
        {{ case_denominator(measure) }} as {{ measure.code }}_denominator,
        {% endfor %}
        unacceptable_absences
    from judged
)

select * from final
