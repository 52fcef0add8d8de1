{{ config(alias='fct_pooled_profile') }}

with counts as (
    select * from {{ ref('prt_pool_count') }}
    where item not in ('reconvicted', 'rescored', 'improved')
),

shared as (
    select
        *,
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
        item as characteristic,
        category,
        base as pool_cases,
        case when figure_status in ('shown', 'rough') then least(side, base) end as cases,
        case when figure_status in ('shown', 'rough') then share end as share,
        figure_status
    from stated
),

final as (
    {{ frozen('fresh', ['framework_code', 'performance_year', 'inspections', 'characteristic', 'category']) }}
)

select * from final
