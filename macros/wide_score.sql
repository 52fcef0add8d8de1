{# The scores of a level with the names of what they are about, and beside them what pages compare them with: the pool of
   the programme, the funnel (group `all`), all cases (other groups) and the inspection before (group `all`).
   own_columns: of this level alone. #}
{% macro wide_score(level, own_columns=[]) %}
select
    scores.inspection_id,
    inspections.inspection_title,
    scores.framework_code,
    frameworks.framework_name,
    inspections.area_code,
    areas.area_name,
    areas.region,
    areas.country,
    inspections.performance_year,
    inspections.fieldwork_from,
    inspections.published_on,
    inspections.follow_up_of is not null as is_follow_up,
    scores.sample_group,
    sample_groups.sample_group_title,
    scores.{{ level }}_code,
    parts.part_title as {{ level }}_title,
    parts.display_order,
    {% for column in own_columns %}
    scores.{{ column }},
    {% endfor %}
    scores.cases,
    scores.score,
    scores.score_pct,
    scores.standard_error,
    scores.ci_low,
    scores.ci_high,
    scores.reliability,
    scores.reliability_reason,
    scores.is_reliable,
    scores.published_score_pct,
    scores.figure_status,
    pools.inspections as pooled_inspections,
    pools.score as pooled_score,
    pools.ci_low as pooled_ci_low,
    pools.ci_high as pooled_ci_high,
    pools.reliability as pooled_reliability,
    funnels.funnel_place,
    comparisons.all_score,
    comparisons.difference as difference_from_all,
    comparisons.q_value as difference_q_value,
    comparisons.beyond_chance as difference_beyond_chance,
    changes.earlier_inspection_id,
    changes.earlier_score,
    changes.change,
    changes.q_value as change_q_value,
    changes.beyond_chance as change_beyond_chance
from {{ ref('fct_' ~ level ~ '_score') }} as scores
inner join {{ ref('dim_inspection') }} as inspections
    on scores.inspection_id = inspections.inspection_id
inner join {{ ref('dim_framework') }} as frameworks
    on scores.framework_code = frameworks.framework_code
inner join {{ ref('dim_area') }} as areas
    on inspections.area_code = areas.area_code
inner join {{ ref('dim_sample_group') }} as sample_groups
    on scores.sample_group = sample_groups.sample_group
inner join {{ ref('dim_part') }} as parts
    on
        scores.framework_code = parts.framework_code
        and parts.level = '{{ level }}'
        and scores.{{ level }}_code = parts.code
left join {{ ref('fct_pooled_score') }} as pools
    on
        scores.framework_code = pools.framework_code
        and pools.pool = 'programme'
        and scores.sample_group = pools.sample_group
        and pools.characteristic = 'none'
        and pools.level = '{{ level }}'
        and scores.{{ level }}_code = pools.code
left join {{ ref('fct_area_comparison') }} as funnels
    on
        scores.inspection_id = funnels.inspection_id
        and scores.sample_group = 'all'
        and funnels.level = '{{ level }}'
        and scores.{{ level }}_code = funnels.code
left join {{ ref('fct_subsample_comparison') }} as comparisons
    on
        scores.inspection_id = comparisons.inspection_id
        and scores.sample_group = comparisons.sample_group
        and comparisons.level = '{{ level }}'
        and scores.{{ level }}_code = comparisons.code
left join {{ ref('fct_inspection_change') }} as changes
    on
        scores.inspection_id = changes.inspection_id
        and scores.sample_group = 'all'
        and changes.level = '{{ level }}'
        and scores.{{ level }}_code = changes.code
{% endmacro %}
