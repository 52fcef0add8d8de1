with cases as (
    select * from {{ ref('int_inspection__case_reconviction') }}
),

case_groups as (
    select * from {{ ref('int_inspection__case_group') }}
),

counted as (
    select
        case_groups.inspection_id,
        case_groups.sample_group,
        cases.months,
        cast(count(*) as int) as cases,
        cast(count(*) filter (where cases.is_observed) as int) as observed_cases,
        cast(count(*) filter (where not cases.is_observed) as int) as not_yet_observed_cases,
        cast(count(*) filter (where cases.is_observed and cases.is_reconvicted) as int) as reconvicted_cases
    from cases
    inner join case_groups
        on
            cases.inspection_id = case_groups.inspection_id
            and cases.case_key = case_groups.case_key
    group by case_groups.inspection_id, case_groups.sample_group, cases.months
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
