{% set kinds = [
    'inspection', 'case_sample', 'judgement', 'management_evidence', 'score_adjustment', 'published_score',
    'case_outcome', 'survey', 'recommendation', 'nsmart', 'performance_return', 'performance_target', 'area_profile',
    'ippf', 'unpaid_work'
] %}

{% for kind in kinds %}
select
    file_id,
    row_number
from {{ source('raw', kind) }}
{{ 'union all' if not loop.last }}
{% endfor %}
