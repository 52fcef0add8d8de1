-- At most one a file is in force: a file is set aside again only after it was readmitted.
with set_asides as (
    select * from {{ ref('stg_set_aside') }}
),

final as (
    select
        file_id,
        run_id,
        business_date,
        rule,
        rows_failing,
        row_numbers,
        concat(
            'Set aside on ', cast(business_date as string), ': ', sentence,
            ' Mend the delivery and deliver it as its next revision.'
        ) as reason
    from set_asides
)

select * from final
