-- A need that no case has gets a row of none where the inspection's needs are known. Progress that nobody judged is NULL.
with case_needs as (
    select * from {{ ref('int_inspection__current_case_need') }}
    where missing_parent is null
),

main_sample as (
    select * from {{ ref('int_inspection__case') }}
    where sample = 'main'
),

needs as (
    select * from {{ ref('needs') }}
),

samples as (
    select
        inspection_id,
        cast(count(*) as int) as sampled_cases
    from main_sample
    group by inspection_id
),

known as (
    select distinct inspection_id
    from case_needs
),

counted as (
    select
        case_needs.inspection_id,
        case_needs.need,
        cast(count(*) as int) as cases,
        cast(sum(cast(case_needs.progress = 'better' as int)) as int) as better_cases,
        cast(sum(cast(case_needs.progress = 'same' as int)) as int) as same_cases,
        cast(sum(cast(case_needs.progress = 'worse' as int)) as int) as worse_cases
    from case_needs
    inner join main_sample
        on
            case_needs.inspection_id = main_sample.inspection_id
            and case_needs.case_key = main_sample.case_key
    group by case_needs.inspection_id, case_needs.need
),

final as (
    select
        samples.inspection_id,
        needs.need,
        needs.display_order,
        samples.sampled_cases,
        coalesce(counted.cases, 0) as cases,
        cast(coalesce(counted.cases, 0) as double) / samples.sampled_cases as share,
        counted.better_cases,
        counted.same_cases,
        counted.worse_cases
    from samples
    inner join known
        on samples.inspection_id = known.inspection_id
    cross join needs
    left join counted
        on
            samples.inspection_id = counted.inspection_id
            and needs.need = counted.need
)

select * from final
