-- Every row that the checks on a set-aside file had let through: it is held as long as its file is set aside.
{% set kinds = [
    'inspection', 'case_sample', 'judgement', 'management_evidence', 'score_adjustment', 'published_score',
    'case_outcome', 'survey', 'recommendation', 'nsmart', 'performance_return', 'performance_target', 'area_profile',
    'ippf', 'unpaid_work'
] %}

with set_aside as (
    select
        file_id,
        reason
    from {{ ref('int_delivery__file_status') }}
    where status = 'set_aside'
),

final as (
    {% for kind in kinds %}
    select
        delivered.file_id,
        delivered.row_number,
        set_aside.reason
    from {{ ref('stg_' ~ kind) }} as delivered
    inner join set_aside
        on delivered.file_id = set_aside.file_id
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
