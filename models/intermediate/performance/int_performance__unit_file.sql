-- Whether the unit that a file is about may deliver it. Decided once a file: every row of a file is about the unit and
-- month of its key, since the checks on the file hold those that are not. London delivers a month as a whole or by
-- quadrant, never both: its quadrants would be counted twice.
{{ config(materialized='view') }}

with files as (
    select
        file_id,
        kind,
        split_part(delivery_key, '_', 1) as unit_code,
        split_part(delivery_key, '_', 2) as data_period
    from {{ ref('int_delivery__current_file') }}
    where kind in ('nsmart', 'performance_return')
),

units as (
    select * from {{ ref('units') }}
),

final as (
    select
        files.file_id,
        case
            when units.unit_code is null then {{ no_such_unit() }}
            when london.file_id is not null
                then 'London also delivered this month as a whole: deliver it as a whole or by quadrant, never both.'
        end as missing_parent
    from files
    left join units
        on files.unit_code = units.unit_code
    left join files as london
        on
            units.area_code = london.unit_code
            and units.area_code <> units.unit_code
            and files.kind = london.kind
            and files.data_period = london.data_period
)

select * from final
