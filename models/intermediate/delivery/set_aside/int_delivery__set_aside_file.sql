-- The bytes are set aside, not the file alone: a copy of them as a later revision mends nothing.
with files as (
    select * from {{ ref('stg_file') }}
),

set_asides as (
    select * from {{ ref('stg_set_aside') }}
),

covered as (
    select
        files.file_id,
        set_asides.run_id,
        set_asides.business_date,
        set_asides.rule,
        set_asides.rows_failing,
        set_asides.row_numbers,
        concat(
            'Set aside on ', cast(set_asides.business_date as string), ': ', set_asides.sentence,
            ' Mend the delivery and deliver it as its next revision.'
        ) as reason,
        row_number() over (
            partition by files.file_id order by set_asides.run_id desc, found.file_id asc
        ) as newest
    from set_asides
    inner join files as found
        on set_asides.file_id = found.file_id
    inner join files
        on
            found.kind = files.kind
            and found.delivery_key = files.delivery_key
            and found.sha256 = files.sha256
            and found.revision <= files.revision
    where files.state = 'loaded'
),

final as (
    select
        file_id,
        run_id,
        business_date,
        rule,
        rows_failing,
        row_numbers,
        reason
    from covered
    where newest = 1
)

select * from final
