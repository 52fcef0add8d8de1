-- Every revision gives a status and its day; a day given again is corrected by the later revision. It rests on the
-- files alone, so it comes out the same on whichever night they came.
with given as (
    select * from {{ ref('stg_recommendation') }}
),

files as (
    select
        file_status.file_id,
        files.revision
    from {{ ref('int_delivery__file_status') }} as file_status
    inner join {{ ref('stg_file') }} as files
        on file_status.file_id = files.file_id
    -- A file that was replaced in place was never a revision of its own.
    inner join {{ ref('int_delivery__file_at_path') }} as file_at_path
        on
            file_status.file_id = file_at_path.file_id
            and file_at_path.state = 'loaded'
    where file_status.status in ('current', 'superseded')
),

statuses as (
    select
        given.inspection_id,
        given.recommendation_no,
        given.status_on,
        given.status,
        files.revision
    from given
    inner join files
        on given.file_id = files.file_id
    qualify
        row_number() over (
            partition by given.inspection_id, given.recommendation_no, given.status_on order by files.revision desc
        ) = 1
),

final as (
    select
        *,
        status_on = max(status_on) over (partition by inspection_id, recommendation_no) as is_latest
    from statuses
)

select * from final
