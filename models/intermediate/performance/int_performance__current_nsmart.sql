-- A view: millions of cases pass through once, into the sums of their months.
{{ config(materialized='view') }}

-- London delivers as a whole or by quadrant, never both for one month: its quadrants would be counted twice.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

cases as (
    select * from {{ ref('stg_nsmart') }}
),

units as (
    select * from {{ ref('units') }}
),

final as (
    select
        cases.*,
        case
            when units.unit_code is null then {{ no_such_unit() }}
            when london.file_id is not null then {{ london_as_a_whole() }}
        end as missing_parent
    from cases
    inner join current_files
        on cases.file_id = current_files.file_id
    left join units
        on cases.area_code = units.unit_code
    left join current_files as london
        on
            london.kind = 'nsmart'
            and london.delivery_key = concat(units.area_code, '_', cases.data_period)
            and units.unit_code <> units.area_code
)

select * from final
