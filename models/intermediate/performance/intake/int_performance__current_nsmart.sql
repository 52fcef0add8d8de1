-- A view: millions of cases pass through once, into the sums of their months.
{{ config(materialized='view') }}

with files as (
    select * from {{ ref('int_performance__unit_file') }}
),

cases as (
    select * from {{ ref('stg_nsmart') }}
),

final as (
    select
        cases.*,
        files.missing_parent
    from cases
    inner join files
        on cases.file_id = files.file_id
)

select * from final
