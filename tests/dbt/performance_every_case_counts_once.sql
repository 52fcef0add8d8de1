-- Joins to calendar and reference data must neither lose nor repeat a case: returns the case measures that do.
{{ config(group='performance') }}
with cases as (
    select count(*) as cases from {{ ref('int_performance__current_nsmart') }}
    where missing_parent is null
),

measures as (
    select measure_code from {{ ref('measures') }}
    where case_denominator is not null
),

counted as (
    select
        measure_code,
        sum(cases) as counted
    from {{ ref('int_performance__case_measure') }}
    where characteristic = 'all'
    group by measure_code
),

final as (
    select
        measures.measure_code,
        cases.cases,
        counted.counted
    from cases
    cross join measures
    left join counted
        on measures.measure_code = counted.measure_code
    where cases.cases <> coalesce(counted.counted, 0)
)

select * from final
