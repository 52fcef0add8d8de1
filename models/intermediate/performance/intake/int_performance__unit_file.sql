-- Whether the unit that a file is about may deliver it. Decided once a file: every row of a file is about the unit and
-- month of its key, since the checks on the file hold those that are not.
{{ config(materialized='view') }}

with files as (
    select * from {{ ref('int_delivery__monthly_file') }}
),

current_files as (
    select file_id from {{ ref('int_delivery__current_file') }}
),

units as (
    select * from {{ ref('units') }}
),

final as (
    select
        files.file_id,
        case when units.unit_code is null then {{ no_such_unit() }} end as missing_parent
    from files
    inner join current_files
        on files.file_id = current_files.file_id
    left join units
        on files.unit_code = units.unit_code
)

select * from final
