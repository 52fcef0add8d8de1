-- Domains are written with & or with "and". The area score takes all metrics that count.
with figures as (
    select
        *,
        replace(domain, ' & ', ' and ') as graded_domain,
        case when counts_towards_domain then ippf_grade end as counted_grade
    from {{ ref('int_performance__current_ippf') }}
    where missing_parent is null
),

levels as (
    select
        area_code,
        period_from,
        period_to,
        graded_domain,
        counts_towards_domain,
        counted_grade
    from figures
    union all
    select
        area_code,
        period_from,
        period_to,
        'Area score' as graded_domain,
        counts_towards_domain,
        counted_grade
    from figures
),

final as (
    select
        area_code,
        period_from,
        period_to,
        graded_domain as domain,
        cast(count(case when counts_towards_domain then 1 end) as int) as metrics_counted,
        cast(count(counted_grade) as int) as metrics_graded,
        min(counted_grade) as lowest_grade,
        max(counted_grade) as highest_grade
    from levels
    group by area_code, period_from, period_to, graded_domain
)

select * from final
