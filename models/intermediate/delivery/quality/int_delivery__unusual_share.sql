-- Shares are compared with the sender's own past, not with fixed bounds. One case and one other are added to either
-- side (Agresti and Caffo), so that a sender who never had any is not flagged for the first.
with shares as (
    select * from {{ ref('int_delivery__file_share') }}
    where past_files >= {{ var('share_fewest_files') }}
),

smoothed as (
    select
        *,
        rows_failing / rows_landed as share,
        past_rows_failing / past_rows as past_share,
        (rows_failing + 1.0) / (rows_landed + 2) as near_share,
        (past_rows_failing + 1.0) / (past_rows + 2) as near_past_share
    from shares
),

compared as (
    select
        *,
        sqrt(
            near_share * (1 - near_share) / (rows_landed + 2)
            + near_past_share * (1 - near_past_share) / (past_rows + 2)
        ) as standard_error
    from smoothed
),

final as (
    select
        file_id,
        kind,
        sender,
        period_month,
        rule,
        severity,
        rows_failing,
        rows_landed,
        share,
        past_files,
        past_share,
        concat(
            'For ', cast(cast(round(share * 100) as int) as string), ' % of the rows: ', sentence,
            '; in the sender''s ', cast(past_files as string), ' files before it was ',
            cast(cast(round(past_share * 100) as int) as string), ' %.'
        ) as told
    from compared
    where
        abs(near_share - near_past_share) > {{ var('share_standard_errors') }} * standard_error
        and abs(share - past_share) >= {{ var('share_smallest_change') }}
)

select * from final
