-- Rows that passed the checks on their own file but lack what another delivery or the reference data must give.
-- They are released by themselves on the night their parent is there.
{% set columns_by_kind = {
    'inspection': [
        'inspection_id', 'framework_code', 'area_code', 'inspection_title', 'fieldwork_from', 'fieldwork_to',
        'published_on', 'follow_up_of', 'performance_year'
    ],
    'case_sample': [
        'inspection_id', 'area_code', 'case_key', 'sample', 'order_type', 'requirements', 'commenced_on', 'sex',
        'ethnicity', 'age_band', 'risk_of_harm', 'ppo', 'mappa_level', 'tier', 'oasys_alcohol', 'oasys_drugs',
        'assessor_type', 'team_code'
    ],
    'judgement': ['inspection_id', 'case_key', 'question_code', 'answer'],
    'management_evidence': ['inspection_id', 'sample_group', 'criterion_code', 'item_no', 'responsible', 'rating'],
    'score_adjustment': [
        'inspection_id', 'sample_group', 'criterion_code', 'adjusted_rating', 'reason', 'decided_by', 'decided_on'
    ],
    'published_score': [
        'inspection_id', 'sample_group', 'level', 'code', 'published_score_pct', 'published_rating', 'source'
    ],
    'case_outcome': [
        'inspection_id', 'case_key', 'oasys_start', 'oasys_latest', 'oasys_rescored_on', 'reconvicted_on',
        'observed_to'
    ],
    'survey': ['inspection_id', 'respondent_group', 'survey_question', 'asked', 'responded', 'positive'],
    'recommendation': [
        'inspection_id', 'recommendation_no', 'theme', 'criterion_code', 'addressed_to', 'due_on', 'status',
        'status_on'
    ],
} %}

{% for kind, columns in columns_by_kind.items() %}
select
    file_id,
    row_number,
    missing_parent as reason,
    {{ row_json(columns) }} as row_content
from {{ ref('int_inspection__current_' ~ kind) }}
where missing_parent is not null
{{ 'union all' if not loop.last }}
{% endfor %}
