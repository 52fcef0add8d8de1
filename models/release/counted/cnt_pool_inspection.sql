-- The inspections of each programme year that are pooled: those with judged cases, follow-ups left out, once the year
-- is due. A pool over more inspections than one that was shown is shown only if those that it adds could be alone. In
-- a revision the pools that were shown are counted again, of the inspections that they had.
{% set earlier = earlier_table('pool_inspection') %}

with inspections as (
    select * from {{ ref('dim_inspection') }}
    where follow_up_of is null
),

judged as (
    select distinct inspection_id from {{ ref('fct_judgement') }}
),

due_years as (
    select performance_year from {{ ref('rel_month') }}
    where is_due and month_start = year_month
),

shown as (
    {% if earlier %}
    select
        framework_code,
        performance_year,
        inspection_id,
        inspections
    from {{ earlier }}
    {% else %}
    select
        framework_code,
        performance_year,
        inspection_id,
        cast(null as int) as inspections
    from inspections
    where 1 = 0
    {% endif %}
),

largest as (
    select
        framework_code,
        performance_year,
        max(inspections) as inspections
    from shown
    group by framework_code, performance_year
),

counted as (
    select
        inspections.framework_code,
        inspections.performance_year,
        inspections.inspection_id,
        cast(
            count(*) over (partition by inspections.framework_code, inspections.performance_year) as int
        ) as inspections
    from inspections
    inner join judged
        on inspections.inspection_id = judged.inspection_id
    inner join due_years
        on inspections.performance_year = due_years.performance_year
),

final as (
    select counted.*
    from counted
    left join largest
        on
            counted.framework_code = largest.framework_code
            and counted.performance_year = largest.performance_year
    where counted.inspections - coalesce(largest.inspections, 0) >= {{ var('fewest_pooled_inspections') }}
    union all
    select shown.*
    from shown
    inner join {{ ref('rel_revised_year') }} as revised
        on shown.performance_year = revised.performance_year
    where revised.is_revised_now
)

select * from final
