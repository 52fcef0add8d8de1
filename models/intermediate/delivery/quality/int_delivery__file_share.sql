-- For each rule that a sender's files ever broke, and each column that they ever left empty: what each of them has, 0
-- where nothing, beside what the sender's files of earlier months had.
{%- set earlier %}
    over (
        partition by counts.kind, counts.sender, counts.rule
        order by counts.period_month
        rows between {{ var('share_past_files') }} preceding and 1 preceding
    )
{%- endset %}

with monthly_files as (
    select * from {{ ref('int_delivery__monthly_file') }}
),

current_files as (
    select file_id from {{ ref('int_delivery__current_file') }}
),

landed as (
    select * from {{ ref('stg_file') }}
),

quality as (
    select * from {{ ref('stg_file_quality') }}
),

files as (
    select
        monthly_files.file_id,
        monthly_files.kind,
        monthly_files.unit_code as sender,
        monthly_files.period_month,
        landed.rows_landed
    from monthly_files
    inner join current_files
        on monthly_files.file_id = current_files.file_id
    inner join landed
        on monthly_files.file_id = landed.file_id
),

rules as (
    select distinct
        files.kind,
        files.sender,
        quality.rule,
        quality.severity,
        quality.sentence
    from files
    inner join quality
        on files.file_id = quality.file_id
),

counts as (
    select
        files.*,
        rules.rule,
        rules.severity,
        rules.sentence,
        coalesce(quality.rows_failing, 0) as rows_failing
    from files
    inner join rules
        on
            files.kind = rules.kind
            and files.sender = rules.sender
    left join quality
        on
            files.file_id = quality.file_id
            and rules.rule = quality.rule
),

final as (
    select
        counts.*,
        cast(count(*) {{ earlier }} as int) as past_files,
        cast(coalesce(sum(counts.rows_failing) {{ earlier }}, 0) as bigint) as past_rows_failing,
        cast(coalesce(sum(counts.rows_landed) {{ earlier }}, 0) as bigint) as past_rows
    from counts
)

select * from final
