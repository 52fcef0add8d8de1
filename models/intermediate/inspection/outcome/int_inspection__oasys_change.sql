-- Whole scores: their sums, and those of their squares, are exact.
with outcomes as (
    select * from {{ ref('int_inspection__case_outcome') }}
    where oasys_start is not null
),

scored_cases as (
    select * from {{ ref('int_inspection__scored_case') }}
),

counted as (
    select
        scored_cases.inspection_id,
        scored_cases.sample_group,
        cast(count(*) as int) as scored_cases,
        cast(count(outcomes.oasys_change) as int) as rescored_cases,
        cast(count(*) filter (where outcomes.oasys_change < 0) as int) as improved_cases,
        cast(sum(outcomes.oasys_change) as double) as total,
        cast(sum(outcomes.oasys_change * outcomes.oasys_change) as double) as total_of_squares
    from outcomes
    inner join scored_cases
        on outcomes.case_key = scored_cases.case_key
    group by scored_cases.inspection_id, scored_cases.sample_group
),

sized as (
    select
        *,
        cast(nullif(rescored_cases, 0) as double) as n
    from counted
),

final as (
    select
        inspection_id,
        sample_group,
        scored_cases,
        rescored_cases,
        cast(rescored_cases as double) / scored_cases as rescored_share,
        {{ wilson_low('rescored_cases', 'scored_cases') }} as rescored_ci_low,
        {{ wilson_high('rescored_cases', 'scored_cases') }} as rescored_ci_high,
        improved_cases,
        improved_cases / n as improved_share,
        {{ wilson_low('improved_cases', 'rescored_cases') }} as improved_ci_low,
        {{ wilson_high('improved_cases', 'rescored_cases') }} as improved_ci_high,
        total / n as mean_change,
        sqrt((n * total_of_squares - total * total) / nullif(n - 1, 0)) / n as standard_error,
        {{ figure_status('total / n', 'not_available', 'rescored_cases') }} as figure_status
    from sized
)

select * from final
