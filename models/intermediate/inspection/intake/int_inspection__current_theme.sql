-- A theme has one title, one group and one set of printed counts: rows that say otherwise are all held.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

members as (
    select
        *,
        {{ row_json([
            'theme_title',
            'sample_group',
            'cases_about',
            'severe_stand_downs_areas',
            'work_without_risk_assessment_areas',
        ]) }} as said_of_theme
    from {{ ref('stg_theme') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

areas as (
    select * from {{ ref('areas') }}
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

final as (
    select
        members.*,
        nullif(concat_ws(
            ' ',
            case
                when
                    min(members.said_of_theme) over (partition by members.file_id)
                    <> max(members.said_of_theme) over (partition by members.file_id)
                    then {{ differs_within_theme() }}
            end,
            case when areas.area_code is null then {{ no_such_area() }} end,
            case when sample_groups.sample_group is null then {{ no_such_sample_group() }} end,
            case
                when members.inspection_id is not null and inspections.inspection_id is null
                    then {{ no_such_inspection() }}
                when inspections.area_code <> members.area_code then {{ inspection_of_another_area() }}
                when inspections.follow_up_of is not null then {{ follow_up_in_theme() }}
            end
        ), '') as missing_parent
    from members
    inner join current_files
        on members.file_id = current_files.file_id
    left join inspections
        on members.inspection_id = inspections.inspection_id
    left join areas
        on members.area_code = areas.area_code
    left join sample_groups
        on members.sample_group = sample_groups.sample_group
)

select * from final
