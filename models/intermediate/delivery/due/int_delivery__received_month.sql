-- What areas report monthly, as far as it is in force: the sender's own past. A delivery counts as received on the
-- night that found its first file, whichever revision counts now.
with monthly_files as (
    select * from {{ ref('int_delivery__monthly_file') }}
),

current_files as (
    select file_id from {{ ref('int_delivery__current_file') }}
),

files as (
    select * from {{ ref('stg_file') }}
    where state = 'loaded'
),

runs as (
    select * from {{ ref('stg_run') }}
),

units as (
    select * from {{ ref('units') }}
),

months as (
    select monthly_files.*
    from monthly_files
    inner join current_files
        on monthly_files.file_id = current_files.file_id
),

first_received as (
    select
        files.kind,
        files.delivery_key,
        min(coalesce(runs.business_date, cast(files.loaded_at as date))) as received_on
    from files
    left join runs
        on files.first_seen_run_id = runs.run_id
    group by files.kind, files.delivery_key
),

final as (
    select
        months.kind,
        months.unit_code,
        units.area_code,
        units.unit_code <> units.area_code as is_quadrant,
        months.period_month,
        first_received.received_on
    from months
    inner join units
        on months.unit_code = units.unit_code
    inner join first_received
        on
            months.kind = first_received.kind
            and months.delivery_key = first_received.delivery_key
)

select * from final
