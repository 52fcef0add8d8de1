-- Who sent each monthly file, and for which month, whatever became of it. A view, as it follows from the state of files
-- and not from their rows.
{{ config(materialized='view') }}

with files as (
    select * from {{ ref('stg_file') }}
),

kinds as (
    select * from {{ ref('delivery_kinds') }}
    where cadence = 'monthly'
),

final as (
    select
        files.file_id,
        files.kind,
        files.delivery_key,
        {{ sender_in_key('files.delivery_key') }} as unit_code,
        {{ month_in_key('files.delivery_key') }} as period_month
    from files
    inner join kinds
        on files.kind = kinds.kind
)

select * from final
