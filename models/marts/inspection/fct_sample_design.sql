with counts as (
    select * from {{ ref('int_inspection__design_part_count') }}
),

design as (
    select * from {{ ref('sample_design') }}
),

measured as (
    select
        counts.inspection_id,
        counts.design_part,
        design.part_title,
        design.unit,
        cast(design.planned_from as double) as planned_from,
        cast(design.planned_to as double) as planned_to,
        counts.sampled_cases,
        counts.part_cases,
        case
            when design.unit = 'share' then cast(counts.part_cases as double) / nullif(counts.sampled_cases, 0)
            else cast(counts.part_cases as double)
        end as actual
    from counts
    inner join design
        on
            counts.framework_code = design.framework_code
            and counts.design_part = design.design_part
),

final as (
    select
        *,
        case
            when planned_from is null and planned_to is null then 'number not published'
            when actual is null then 'no cases'
            when actual < planned_from then 'below'
            when actual > planned_to then 'above'
            else 'as planned'
        end as verdict
    from measured
)

select * from final
