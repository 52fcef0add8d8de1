-- Which revision of each delivery counts. Derived from all files known, so that it does not depend on the night or
-- the order in which they came.
with files as (
    select * from {{ ref('int_delivery__file_at_path') }}
),

contradicted as (
    select
        kind,
        delivery_key,
        revision
    from files
    where state = 'loaded'
    group by kind, delivery_key, revision
    having count(distinct sha256) > 1
),

usable as (
    select files.*
    from files
    left join contradicted
        on
            files.kind = contradicted.kind
            and files.delivery_key = contradicted.delivery_key
            and files.revision = contradicted.revision
    where files.state = 'loaded' and contradicted.kind is null
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
            when files.state in ('rejected', 'withdrawn', 'superseded', 'set_aside') then files.state
            when contradicted.kind is not null then 'rejected'
            when files.state = 'same_bytes' or ranked.file_id is null then 'same_bytes'
            when ranked.newest = 1 then 'current'
            else 'superseded'
        end as status,
        case
            when contradicted.kind is not null and files.state not in ('superseded', 'set_aside')
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
    left join ranked
        on files.file_id = ranked.file_id
)

select * from final
