with frameworks as (
    select * from {{ ref('frameworks') }}
),

programmes as (
    select * from {{ ref('programmes') }}
),

final as (
    select
        frameworks.framework_code,
        frameworks.framework_name,
        frameworks.programme_start,
        frameworks.answer_scale,
        frameworks.criterion_method,
        cast(frameworks.summary_share as double) as summary_share,
        frameworks.section_method,
        frameworks.overall_method,
        frameworks.rating_scale,
        programmes.planned_areas,
        programmes.planned_cases,
        programmes.followed_months,
        cast(row_number() over (order by frameworks.programme_start, frameworks.framework_code) as int) as display_order
    from frameworks
    left join programmes
        on frameworks.framework_code = programmes.framework_code
)

select * from final
