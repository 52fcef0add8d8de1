-- Ranks 1, 1, 3: units share a rank where their scores differ by no more than binary noise.

with scores as (
    select * from {{ ref('int_performance__scorecard_score') }}
),

placed as (
    select
        *,
        row_number() over (partition by period_month order by score desc, unit_code asc) as place,
        lag(score) over (partition by period_month order by score desc, unit_code asc) as score_above
    from scores
),

final as (
    select
        *,
        cast(max(case when place = 1 or score_above - score > {{ var('float_tolerance') }} then place end) over (
            partition by period_month order by place rows between unbounded preceding and current row
        ) as int) as score_rank,
        cast(count(*) over (partition by period_month) as int) as units_ranked
    from placed
)

select * from final
