with scores as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind = 'characteristic'
),

differences as (
    select * from {{ ref('int_inspection__subsample_difference') }}
    where group_kind = 'characteristic'
),

final as (
    select
        scores.inspection_id,
        scores.characteristic,
        scores.category,
        scores.level,
        scores.code,
        scores.framework_code,
        scores.cases,
        scores.scored_questions,
        scores.score,
        scores.score_pct,
        scores.standard_error,
        scores.variance_floor,
        scores.n_eff,
        scores.ci_low,
        scores.ci_high,
        scores.caseload_cases,
        scores.caseload_ci_low,
        scores.caseload_ci_high,
        scores.weight_on_too_few,
        scores.weight_on_few,
        scores.reliability,
        scores.reliability_reason,
        scores.is_reliable,
        differences.all_score,
        differences.difference,
        differences.standard_error as difference_standard_error,
        differences.degrees_of_freedom,
        differences.p_value,
        differences.q_value,
        differences.beyond_chance,
        {{ figure_status('scores.score', 'not_applicable', 'scores.cases') }} as figure_status
    from scores
    inner join differences
        on
            scores.inspection_id = differences.inspection_id
            and scores.sample_group = differences.sample_group
            and scores.level = differences.level
            and scores.code = differences.code
)

select * from final
