-- Joins to calendar and reference data must neither lose nor repeat a case.
{{ config(group='performance') }}
with cases as (
    select count(*) as cases from {{ ref('int_performance__current_nsmart') }}
    where missing_parent is null
),

counted as (
    select coalesce(sum(denominator), 0) as counted from {{ ref('int_performance__case_month') }}
    where measure_code = 'CMP'
),

final as (
    select
        cases.cases,
        counted.counted
    from cases
    cross join counted
    where cases.cases <> counted.counted
)

select * from final
