-- Whether the unit that a file is about may deliver it. Decided once a file: every row of a file is about the unit and
-- month of its key, since the checks on the file hold those that are not.
{{ config(materialized='view') }}

with files as (
    select
        file_id,
        split_part(delivery_key, '_', 1) as unit_code
    from {{ ref('int_delivery__current_file') }}
    where kind in ('nsmart', 'performance_return')
),

units as (
    select * from {{ ref('units') }}
),

final as (
    select
        files.file_id,
        case when units.unit_code is null then {{ no_such_unit() }} end as missing_parent
    from files
    left join units
        on files.unit_code = units.unit_code
)

select * from final
