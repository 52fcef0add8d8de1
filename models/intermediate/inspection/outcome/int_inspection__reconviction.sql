with cases as (
    select * from {{ ref('int_inspection__case_reconviction') }}
),

scored_cases as (
    select * from {{ ref('int_inspection__scored_case') }}
),

counted as (
    select
        scored_cases.inspection_id,
        scored_cases.sample_group,
        cases.months,
        cast(count(*) as int) as cases,
        cast(count(*) filter (where cases.is_observed) as int) as observed_cases,
        cast(count(*) filter (where not cases.is_observed) as int) as not_yet_observed_cases,
        cast(count(*) filter (where cases.is_observed and cases.is_reconvicted) as int) as reconvicted_cases
    from cases
    inner join scored_cases
        on cases.case_key = scored_cases.case_key
    group by scored_cases.inspection_id, scored_cases.sample_group, cases.months
),

final as (
    select
        *,
        cast(reconvicted_cases as double) / nullif(observed_cases, 0) as reconvicted_share,
        {{ wilson_low('reconvicted_cases', 'observed_cases') }} as ci_low,
        {{ wilson_high('reconvicted_cases', 'observed_cases') }} as ci_high,
        {{ figure_status('reconvicted_cases / nullif(observed_cases, 0)', 'not_available', 'observed_cases') }}
            as figure_status
    from counted
)

select * from final
