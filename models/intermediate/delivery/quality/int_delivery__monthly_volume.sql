-- The rows of a month beside the median of the months that the same area delivered before it. Rows held count, repeats
-- do not: this is about what was sent. The median is the mean of the middle one or two of the ranked months.
with files as (
    select * from {{ ref('int_delivery__monthly_file') }}
),

current_files as (
    select file_id from {{ ref('int_delivery__current_file') }}
),

sizes as (
    select
        file_id,
        rows_landed - rows_duplicate as rows_delivered
    from {{ ref('stg_file') }}
),

months as (
    select
        files.file_id,
        files.kind,
        files.unit_code,
        files.period_month,
        sizes.rows_delivered,
        row_number() over (partition by files.kind, files.unit_code order by files.period_month) as month_number
    from files
    inner join current_files
        on files.file_id = current_files.file_id
    inner join sizes
        on files.file_id = sizes.file_id
),

ranked as (
    select
        months.file_id,
        earlier.rows_delivered,
        row_number() over (partition by months.file_id order by earlier.rows_delivered, earlier.file_id) as size_rank,
        count(*) over (partition by months.file_id) as months_before
    from months
    inner join months as earlier
        on
            months.kind = earlier.kind
            and months.unit_code = earlier.unit_code
            and months.month_number > earlier.month_number
            and months.month_number <= earlier.month_number + {{ var('volume_months_before') }}
),

medians as (
    select
        file_id,
        avg(cast(rows_delivered as double)) as usual_rows
    from ranked
    where
        months_before >= {{ var('volume_fewest_months') }}
        and size_rank * 2 between months_before and months_before + 2
    group by file_id
),

final as (
    select
        months.file_id,
        months.kind,
        months.unit_code,
        months.period_month,
        months.rows_delivered,
        medians.usual_rows
    from months
    left join medians
        on months.file_id = medians.file_id
)

select * from final
