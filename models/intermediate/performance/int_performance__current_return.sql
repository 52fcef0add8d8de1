-- London delivers as a whole or by quadrant, never both for one month: its quadrants would be counted twice.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

returned as (
    select * from {{ ref('stg_performance_return') }}
),

units as (
    select * from {{ ref('units') }}
),

measures as (
    select * from {{ ref('measures') }}
),

final as (
    select
        returned.*,
        case
            when units.unit_code is null then {{ no_such_unit() }}
            when london.file_id is not null then {{ london_as_a_whole() }}
            when measures.measure_code is null then {{ no_such_measure() }}
            when measures.derived_from <> 'performance_return'
                then 'This measure is computed from the NSmart extract: leave it out of the return.'
        end as missing_parent
    from returned
    inner join current_files
        on returned.file_id = current_files.file_id
    left join units
        on returned.area_code = units.unit_code
    left join current_files as london
        on
            london.kind = 'performance_return'
            and london.delivery_key = concat(units.area_code, '_', returned.data_period)
            and units.unit_code <> units.area_code
    left join measures
        on returned.measure_code = measures.measure_code
)

select * from final
