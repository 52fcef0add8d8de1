{{ config(alias='fct_pooled_reconviction') }}

with counts as (
    select * from {{ ref('prt_pool_count') }}
    where item = 'reconvicted'
),

shared as (
    select
        framework_code,
        performance_year,
        inspections,
        cast(category as int) as months,
        base,
        least(side, base) as side,
        {{ published_share('least(side, base)', 'base') }} as share
    from counts
),

stated as (
    select
        *,
        {{ share_status('base', 'share') }} as figure_status
    from shared
),

fresh as (
    select
        framework_code,
        performance_year,
        inspections,
        months,
        base as observed_cases,
        case when figure_status in ('shown', 'rough') then side end as reconvicted_cases,
        case when figure_status in ('shown', 'rough') then share end as reconvicted_share,
        figure_status
    from stated
),

final as (
    {{ frozen('fresh', ['framework_code', 'performance_year', 'inspections', 'months']) }}
)

select * from final
