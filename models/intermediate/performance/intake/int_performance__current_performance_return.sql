with files as (
    select * from {{ ref('int_performance__unit_file') }}
),

returned as (
    select * from {{ ref('stg_performance_return') }}
),

measures as (
    select * from {{ ref('measures') }}
),

final as (
    select
        returned.*,
        case
            when files.missing_parent is not null then files.missing_parent
            when measures.measure_code is null then {{ no_such_measure() }}
            when measures.derived_from <> 'performance_return'
                then 'This measure is computed from the NSmart extract: leave it out of the return.'
        end as missing_parent
    from returned
    inner join files
        on returned.file_id = files.file_id
    left join measures
        on returned.measure_code = measures.measure_code
)

select * from final
