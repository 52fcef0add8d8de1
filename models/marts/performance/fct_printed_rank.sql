with printed as (
    select * from {{ ref('printed_ranks') }}
),

scorecard as (
    select * from {{ ref('fct_scorecard') }}
    where unit_code = area_code
),

final as (
    select
        printed.area_code,
        printed.as_at,
        printed.printed_rank,
        printed.printed_units,
        scorecard.rank,
        scorecard.units_ranked,
        scorecard.score,
        scorecard.is_complete,
        printed.note,
        printed.source
    from printed
    left join scorecard
        on
            printed.area_code = scorecard.area_code
            and cast(date_trunc('month', printed.as_at) as date) = scorecard.period_month
)

select * from final
