-- Sentences quote nothing of a file but numbers: names of extra columns may hold anything.
with files as (
    select * from {{ ref('stg_file') }}
),

current_files as (
    select file_id from {{ ref('int_delivery__current_file') }}
),

volumes as (
    select * from {{ ref('int_delivery__monthly_volume') }}
),

night as (
    select * from {{ ref('stg_night') }}
),

extra_column as (
    select
        files.file_id,
        'extra_column' as flag,
        'The file has columns that are not part of its delivery: they were left out.' as sentence
    from files
    inner join current_files
        on files.file_id = current_files.file_id
    where files.has_extra_columns
),

future_period as (
    select
        volumes.file_id,
        'future_period' as flag,
        'The month lies after the business date of the night: is it the right month?' as sentence
    from volumes
    cross join night
    where volumes.period_month > night.business_date
),

unusual_volume as (
    select
        file_id,
        'unusual_volume' as flag,
        concat(
            'The file has ', cast(rows_delivered as string), ' rows, where ',
            cast(cast({{ half_up('usual_rows') }} as bigint) as string),
            ' were usual in the months before: is it whole, and of one month?'
        ) as sentence
    from volumes
    where
        rows_delivered > usual_rows * {{ var('volume_factor') }}
        or rows_delivered * {{ var('volume_factor') }} < usual_rows
),

quality as (
    select
        file_id,
        flag,
        sentence
    from {{ ref('int_delivery__quality_flag') }}
),

final as (
    select * from extra_column
    union all
    select * from future_period
    union all
    select * from unusual_volume
    union all
    select * from quality
)

select * from final
