-- Direct standardisation: a case counts for its stratum's share of the pooled mix, divided among the inspection's cases
-- of that stratum. Scaling all weights leaves a ratio as it is, so strata without cases need no step of their own.
with judgements as (
    select * from {{ ref('int_inspection__judgement') }}
    where is_relevant
),

cases as (
    select * from {{ ref('int_inspection__case') }}
    where sample = 'main'
),

strata as (
    select * from {{ ref('int_inspection__stratum') }}
),

coefficients as (
    select * from {{ ref('int_inspection__score_coefficient') }}
    where sample_group = 'all'
),

weighted_cases as (
    select
        cases.inspection_id,
        cases.case_key,
        strata.case_weight,
        strata.mix_covered
    from cases
    inner join strata
        on
            cases.inspection_id = strata.inspection_id
            and cases.risk_of_harm = strata.risk_of_harm
            and cases.order_type = strata.order_type
),

proportions as (
    select
        weighted_cases.inspection_id,
        weighted_cases.mix_covered,
        judgements.question_code,
        {{ exact_sum('case when judgements.is_above_line then weighted_cases.case_weight else 0 end') }}
        / {{ exact_sum('weighted_cases.case_weight') }} as proportion
    from judgements
    inner join weighted_cases
        on judgements.case_key = weighted_cases.case_key
    group by weighted_cases.inspection_id, weighted_cases.mix_covered, judgements.question_code
),

final as (
    select
        coefficients.inspection_id,
        coefficients.level,
        coefficients.code,
        proportions.mix_covered,
        least(
            cast(1 as double), {{ exact_sum('coefficients.coefficient * proportions.proportion') }}
        ) as score
    from coefficients
    inner join proportions
        on
            coefficients.inspection_id = proportions.inspection_id
            and coefficients.question_code = proportions.question_code
    group by coefficients.inspection_id, coefficients.level, coefficients.code, proportions.mix_covered
)

select * from final
