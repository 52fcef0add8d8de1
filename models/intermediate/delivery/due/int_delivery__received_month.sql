-- What areas report monthly, as far as it is in force: the sender's own past. A delivery counts as received on the
-- night that found its first file, whichever revision counts now.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
    where kind in ('nsmart', 'performance_return')
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

named as (
    select
        kind,
        delivery_key,
        split_part(delivery_key, '_', 1) as unit_code,
        split_part(delivery_key, '_', 2) as data_period
    from current_files
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
        named.kind,
        named.unit_code,
        units.area_code,
        units.unit_code <> units.area_code as is_quadrant,
        {{ mmyy_to_month('named.data_period') }} as period_month,
        first_received.received_on
    from named
    inner join units
        on named.unit_code = units.unit_code
    inner join first_received
        on
            named.kind = first_received.kind
            and named.delivery_key = first_received.delivery_key
)

select * from final
