-- What became of the files of an area's month together: London may deliver it as a whole or by quadrant.
{{ config(materialized='view') }}

with monthly_files as (
    select * from {{ ref('int_delivery__monthly_file') }}
),

statuses as (
    select * from {{ ref('int_delivery__file_status') }}
),

files as (
    select * from {{ ref('stg_file') }}
),

orphans as (
    select distinct file_id from {{ ref('int_delivery__orphan') }}
),

units as (
    select * from {{ ref('units') }}
),

final as (
    select
        monthly_files.kind,
        units.area_code,
        monthly_files.period_month,
        max(case when statuses.status = 'current' then 1 else 0 end) = 1 as is_current,
        max(case when statuses.status in ('rejected', 'set_aside') then 1 else 0 end) = 1 as is_refused,
        max(case when statuses.status = 'withdrawn' then 1 else 0 end) = 1 as is_withdrawn,
        max(case
            when statuses.status = 'current' and (files.rows_held > 0 or orphans.file_id is not null) then 1 else 0
        end) = 1 as has_rows_held
    from monthly_files
    inner join statuses
        on monthly_files.file_id = statuses.file_id
    inner join files
        on monthly_files.file_id = files.file_id
    inner join units
        on monthly_files.unit_code = units.unit_code
    left join orphans
        on monthly_files.file_id = orphans.file_id
    group by monthly_files.kind, units.area_code, monthly_files.period_month
)

select * from final
