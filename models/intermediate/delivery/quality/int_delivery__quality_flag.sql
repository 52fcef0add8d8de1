-- What the checks say of a file in force that a person should look at. Sentences of rules quote no cell.
with warnings as (
    select * from {{ ref('stg_file_quality') }}
    -- A month in the future has a flag of its own.
    where severity = 'warning' and rule <> 'data_period_not_future'
),

shares as (
    select * from {{ ref('int_delivery__unusual_share') }}
),

denominators as (
    select * from {{ ref('int_delivery__unusual_denominator') }}
),

current_files as (
    select file_id from {{ ref('int_delivery__current_file') }}
),

told as (
    select
        warnings.file_id,
        'warning' as flag,
        concat(warnings.sentence, ' (rows: ', cast(warnings.rows_failing as string), '). ') as told
    from warnings
    inner join current_files
        on warnings.file_id = current_files.file_id
    union all
    select
        file_id,
        'unusual_share' as flag,
        concat(told, ' ') as told
    from shares
    union all
    select
        file_id,
        'unusual_denominator' as flag,
        concat(told, ' ') as told
    from denominators
),

final as (
    select
        file_id,
        flag,
        trim({{ concat_in_order('told') }}) as sentence
    from told
    group by file_id, flag
)

select * from final
