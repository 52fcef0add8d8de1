-- Rows that passed the checks on their own file but lack what another delivery or the reference data must give.
-- They are released by themselves on the night their parent is there.
{% set columns_by_kind = {
    'nsmart': [
        'area_code', 'data_period', 'record_no', 'case_key', 'order_type', 'commenced_on', 'risk_of_harm', 'ppo', 'sex',
        'ethnicity', 'appts_required', 'appts_arranged', 'appts_kept', 'unacceptable_absences', 'allowed_to_continue',
        'breach_required_on', 'breach_initiated_on', 'risk_assessment_on', 'risk_plan_on', 'sentence_plan_on', 'team_code'
    ],
    'return': ['area_code', 'data_period', 'measure_code', 'numerator', 'denominator'],
    'target': ['performance_year', 'area_code', 'measure_code', 'target', 'direction', 'profile'],
    'area_profile': [
        'area_code', 'as_at', 'population', 'density_per_sq_km', 'minority_ethnic_pct', 'recorded_crime_per_1000',
        'violent_crime_per_1000', 'found_guilty_or_cautioned_per_100k', 'family_group', 'main_revenue_gbp_m',
        'size_rank', 'scorecard_rank', 'scorecard_units', 'source'
    ],
    'ippf': [
        'area_code', 'period_from', 'period_to', 'domain', 'metric', 'actual', 'target', 'national', 'previous_year',
        'ippf_grade', 'counts_towards_domain'
    ],
    'unpaid_work': ['area_code', 'year', 'table_title', 'item', 'value', 'unit'],
} %}

{% for kind, columns in columns_by_kind.items() %}
select
    file_id,
    row_number,
    missing_parent as reason,
    {{ row_json(columns) }} as row_content
from {{ ref('int_performance__current_' ~ kind) }}
where missing_parent is not null
{{ 'union all' if not loop.last }}
{% endfor %}
