{# Scores of a level as they are published: whole per cents, with an interval from the published cases and score alone.
   It takes all questions of a case for one, so it is wider than that of the exact score. #}
{% macro published_score(level) %}
    select
        scores.inspection_id,
        scores.sample_group,
        scores.code as {{ level }}_code,
        scores.framework_code,
        inspections.performance_year,
        scores.cases,
        cast(scores.score_pct as double) / 100 as score,
        scores.score_pct,
        {{ wilson_low('scores.cases * scores.score_pct / 100', 'scores.cases') }} as ci_low,
        {{ wilson_high('scores.cases * scores.score_pct / 100', 'scores.cases') }} as ci_high,
        scores.cases >= {{ var('reliable_cases') }} as is_reliable,
        scores.published_score_pct,
        scores.figure_status
    from {{ ref('prt_score') }} as scores
    inner join {{ ref('dim_inspection') }} as inspections
        on scores.inspection_id = inspections.inspection_id
    where scores.level = '{{ level }}'
{% endmacro %}
