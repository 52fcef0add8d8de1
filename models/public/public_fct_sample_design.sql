-- Some parts are groups or order types, or sums of them: they are shown where all of those are.
with designs as (
    select * from {{ ref('fct_sample_design') }}
),

suppressed_groups as (
    select distinct inspection_id
    from {{ ref('int_disclosure__sample_group') }}
    where is_suppressed and sample_group in ('all', 'high_roh', 'inspector', 'area_assessor')
),

suppressed_order_types as (
    select distinct inspection_id
    from {{ ref('int_disclosure__profile_cell') }}
    where is_suppressed and sample_group = 'all' and characteristic = 'order_type'
),

disclosed as (
    select
        designs.*,
        suppressed_groups.inspection_id is not null
        or (
            designs.design_part in ('licences', 'community', 'custody')
            and suppressed_order_types.inspection_id is not null
        )
        or {{ too_small([
            'designs.part_cases', 'designs.sampled_cases', 'designs.sampled_cases - designs.part_cases'
        ]) }} as is_suppressed
    from designs
    left join suppressed_groups
        on designs.inspection_id = suppressed_groups.inspection_id
    left join suppressed_order_types
        on designs.inspection_id = suppressed_order_types.inspection_id
),

final as (
    select
        inspection_id,
        design_part,
        part_title,
        unit,
        planned_from,
        planned_to,
        {{ unless_suppressed('sampled_cases') }} as sampled_cases,
        {{ unless_suppressed('part_cases') }} as part_cases,
        {{ unless_suppressed('actual') }} as actual,
        {{ unless_suppressed('verdict') }} as verdict,
        {{ figure_status('actual', 'not_applicable') }} as figure_status
    from disclosed
)

select * from final
