-- A follow-up whose original is not loaded is still an inspection: only its comparison has to wait.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

inspections as (
    select * from {{ ref('stg_inspection') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

areas as (
    select * from {{ ref('areas') }}
),

final as (
    select
        inspections.*,
        nullif(concat_ws(
            ' ',
            case when frameworks.framework_code is null then 'There is no inspection framework with this code.' end,
            case when areas.area_code is null then {{ no_such_area() }} end
        ), '') as missing_parent
    from inspections
    inner join current_files
        on inspections.file_id = current_files.file_id
    left join frameworks
        on inspections.framework_code = frameworks.framework_code
    left join areas
        on inspections.area_code = areas.area_code
)

select * from final
