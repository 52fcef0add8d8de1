with files as (
    select * from {{ ref('int_performance__unit_file') }}
    where missing_parent is null
),

cases as (
    select * from {{ ref('int_performance__case_standard') }}
),

units as (
    select * from {{ ref('units') }}
),

months as (
    select * from {{ ref('int_performance__reporting_month') }}
    where has_begun
),

final as (
    select
        cases.case_key,
        units.area_code,
        cases.period_month,
        cases.unit_code,
        cases.record_no,
        cases.sex,
        cases.ethnicity_group,
        cases.order_type,
        cases.risk_of_harm,
        cases.ppo = 'Y' as ppo,
        cases.team_code,
        cases.appts_required,
        cases.appts_arranged,
        cases.appts_kept,
        {% for measure in case_measures() %}
        cast(cases.{{ measure.code }}_numerator as bigint) as {{ measure.code }}_met,
        cast(cases.{{ measure.code }}_denominator as bigint) as {{ measure.code }}_relevant,
        {% endfor %}
        cases.unacceptable_absences
    from cases
    inner join files
        on cases.file_id = files.file_id
    inner join units
        on cases.unit_code = units.unit_code
    inner join months
        on cases.period_month = months.period_month
)

select * from final
