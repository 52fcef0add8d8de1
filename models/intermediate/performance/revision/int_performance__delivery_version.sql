-- Which revision of each performance delivery counted in which publication, tonight's among them; NULL: none. A view,
-- as it follows from the state of files and not from their rows.
{{ config(materialized='view') }}

with recorded as (
    select * from {{ ref('stg_published_delivery') }}
),

current_files as (
    select file_id from {{ ref('int_delivery__current_file') }}
),

kinds as (
    select kind from {{ ref('delivery_kinds') }}
    where counts_in_figures = 1
),

files as (
    select * from {{ ref('stg_file') }}
),

tonight as (
    select max(publication_no) as publication_no from {{ ref('int_performance__publication') }}
),

counting as (
    select
        files.kind,
        files.delivery_key,
        files.revision
    from files
    inner join current_files
        on files.file_id = current_files.file_id
    inner join kinds
        on files.kind = kinds.kind
),

recorded_keys as (
    select distinct
        kind,
        delivery_key
    from recorded
),

final as (
    select *
    from recorded
    union all
    select
        tonight.publication_no,
        coalesce(counting.kind, recorded_keys.kind) as kind,
        coalesce(counting.delivery_key, recorded_keys.delivery_key) as delivery_key,
        counting.revision
    from counting
    full join recorded_keys
        on
            counting.kind = recorded_keys.kind
            and counting.delivery_key = recorded_keys.delivery_key
    cross join tonight
)

select * from final
