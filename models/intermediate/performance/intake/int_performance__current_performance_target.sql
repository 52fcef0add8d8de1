with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

targets as (
    select * from {{ ref('stg_performance_target') }}
),

units as (
    select * from {{ ref('units') }}
),

measures as (
    select * from {{ ref('measures') }}
),

final as (
    select
        targets.*,
        case
            when units.unit_code is null and targets.area_code <> 'ENW' then {{ no_such_unit() }}
            when measures.measure_code is null then {{ no_such_measure() }}
        end as missing_parent
    from targets
    inner join current_files
        on targets.file_id = current_files.file_id
    left join units
        on targets.area_code = units.unit_code
    left join measures
        on targets.measure_code = measures.measure_code
)

select * from final
