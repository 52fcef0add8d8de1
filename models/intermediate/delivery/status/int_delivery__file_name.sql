-- The name that is published of each file. One that does not parse may hold anything, and a free key may name a case.
with files as (
    select * from {{ ref('stg_file') }}
),

named_files as (
    select * from {{ ref('stg_named_file') }}
),

final as (
    select
        files.file_id,
        case
            when files.kind is null then '(not a delivery name)'
            when named_files.file_id is not null then concat(files.kind, ' (its key names a case)')
            else files.file_name
        end as file_name,
        case when named_files.file_id is null then files.delivery_key end as delivery_key
    from files
    left join named_files
        on files.file_id = named_files.file_id
)

select * from final
