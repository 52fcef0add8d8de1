-- The joins that look for a parent neither lose nor repeat a judgement.
{{ config(group='inspection') }}
with delivered as (
    select count(*) as judgements
    from {{ ref('stg_judgement') }} as judgements
    inner join {{ ref('int_delivery__current_file') }} as current_files
        on judgements.file_id = current_files.file_id
),

counted as (
    select count(*) as judgements from {{ ref('int_inspection__current_judgement') }}
),

final as (
    select
        delivered.judgements as delivered,
        counted.judgements as counted
    from delivered
    cross join counted
    where delivered.judgements <> counted.judgements
)

select * from final
