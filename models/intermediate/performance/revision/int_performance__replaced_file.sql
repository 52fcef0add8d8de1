-- Performance deliveries whose file was replaced in place after a publication had counted it: no revision says so. A
-- view, as it follows from the state of files and not from their rows.
{{ config(materialized='view') }}

with kinds as (
    select kind from {{ ref('delivery_kinds') }}
    where counts_in_figures = 1
),

files as (
    select
        files.file_id,
        files.kind,
        files.delivery_key,
        files.revision,
        files.first_seen_run_id,
        file_at_path.state
    from {{ ref('stg_file') }} as files
    inner join {{ ref('int_delivery__file_at_path') }} as file_at_path
        on files.file_id = file_at_path.file_id
    inner join kinds
        on files.kind = kinds.kind
    where file_at_path.state in ('loaded', 'superseded')
),

publications as (
    select * from {{ ref('int_performance__publication') }}
),

-- Tonight's publication has no run id yet, and every file was there for it.
first_published as (
    select
        files.file_id,
        min(publications.publication_no) as publication_no
    from files
    inner join publications
        on files.first_seen_run_id <= publications.run_id or publications.run_id is null
    group by files.file_id
),

counted as (
    select
        files.*,
        first_published.publication_no
    from files
    inner join first_published
        on files.file_id = first_published.file_id
),

final as (
    select distinct
        newer.publication_no,
        newer.kind,
        newer.delivery_key,
        newer.revision
    from counted as newer
    inner join counted as older
        on
            newer.kind = older.kind
            and newer.delivery_key = older.delivery_key
            and newer.revision = older.revision
            and newer.publication_no > older.publication_no
    where newer.state = 'loaded' and older.state = 'superseded'
)

select * from final
