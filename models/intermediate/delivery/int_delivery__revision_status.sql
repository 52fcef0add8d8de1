-- Which revision of each delivery counts. Derived from all files known, so that it does not depend on the night or
-- the order in which they came.
with files as (
    select * from {{ ref('int_delivery__known_file') }}
),

last_at_path as (
    select * from {{ ref('int_delivery__last_at_path') }}
),

counted as (
    select files.*
    from files
    inner join last_at_path
        on files.file_id = last_at_path.file_id
),

contradicted as (
    select
        kind,
        delivery_key,
        revision
    from counted
    group by kind, delivery_key, revision
    having count(distinct sha256) > 1
),

usable as (
    select counted.*
    from counted
    left join contradicted
        on
            counted.kind = contradicted.kind
            and counted.delivery_key = contradicted.delivery_key
            and counted.revision = contradicted.revision
    where contradicted.kind is null
),

-- A revision with the very bytes of the one before it corrects nothing: it is not a delivery of its own.
with_forerunner as (
    select
        *,
        lag(sha256) over (partition by kind, delivery_key order by revision) as forerunner_sha256
    from usable
),

ranked as (
    select
        file_id,
        row_number() over (partition by kind, delivery_key order by revision desc) as newest
    from with_forerunner
    where forerunner_sha256 is null or forerunner_sha256 <> sha256
),

final as (
    select
        files.file_id,
        files.kind,
        files.delivery_key,
        case
            when files.state in ('rejected', 'withdrawn') then files.state
            when files.state = 'loaded' and last_at_path.file_id is null then 'superseded'
            when contradicted.kind is not null then 'rejected'
            when files.state = 'same_bytes' or ranked.file_id is null then 'same_bytes'
            when ranked.newest = 1 then 'current'
            else 'superseded'
        end as status,
        case
            when files.state = 'loaded' and last_at_path.file_id is null
                then 'Replaced in place: the same path has other bytes now, which count instead.'
            when contradicted.kind is not null
                then concat(
                    'Two files say they are revision ', cast(files.revision as string),
                    ' of this delivery and differ: ',
                    'deliver the right one again as _r', cast(files.revision + 1 as string), '.'
                )
            else files.reason
        end as reason
    from files
    left join contradicted
        on
            files.kind = contradicted.kind
            and files.delivery_key = contradicted.delivery_key
            and files.revision = contradicted.revision
    left join last_at_path
        on files.file_id = last_at_path.file_id
    left join ranked
        on files.file_id = ranked.file_id
)

select * from final
