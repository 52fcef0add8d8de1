-- A limit is the smallest count whose cumulative binomial probability reaches its tail, to twelve decimals, so that
-- none hangs on the last bits. Logarithms, because powers of a large sample vanish.
with pooled as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind = 'pooled' and sample_group = 'all' and score > 0 and score < 1
),

sizes as (
    select
        framework_code,
        cases,
        {{ each_number('cast(0 as bigint)', 'cases') }} as successes
    from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'sample_group' and sample_group = 'all'
    group by framework_code, cases
),

ways as (
    select
        *,
        sum(case when successes = 0 then cast(0 as double) else ln(cases - successes + 1) - ln(successes) end) over (
            partition by framework_code, cases
            order by successes
            rows between unbounded preceding and current row
        ) as log_ways
    from sizes
),

cumulated as (
    select
        pooled.framework_code,
        pooled.level,
        pooled.code,
        ways.cases,
        ways.successes,
        round(sum(exp(
            ways.log_ways
            + ways.successes * ln(pooled.score)
            + (ways.cases - ways.successes) * ln(1 - pooled.score)
        )) over (
            partition by pooled.framework_code, pooled.level, pooled.code, ways.cases
            order by ways.successes
            rows between unbounded preceding and current row
        ), 12) as probability
    from ways
    inner join pooled
        on ways.framework_code = pooled.framework_code
),

final as (
    select
        framework_code,
        level,
        code,
        cases,
        cast(min(successes) filter (where probability >= 0.025) as double) / cases as limit_95_low,
        cast(min(successes) filter (where probability >= 0.975) as double) / cases as limit_95_high,
        cast(min(successes) filter (where probability >= 0.001) as double) / cases as limit_998_low,
        cast(min(successes) filter (where probability >= 0.999) as double) / cases as limit_998_high
    from cumulated
    group by framework_code, level, code, cases
)

select * from final
