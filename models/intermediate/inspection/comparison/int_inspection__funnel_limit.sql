with pooled as (
    select * from {{ ref('int_inspection__score_interval') }}
    where group_kind = 'pooled' and sample_group = 'all' and score > 0 and score < 1
),

sizes as (
    select
        framework_code,
        cases
    from {{ ref('int_inspection__scored_group') }}
    where group_kind = 'sample_group' and sample_group = 'all'
    group by framework_code, cases
),

sampled as (
    select
        pooled.framework_code,
        pooled.level,
        pooled.code,
        sizes.cases as trials,
        pooled.score as chance
    from pooled
    inner join sizes
        on pooled.framework_code = sizes.framework_code
),

limits as (
    {{ binomial_limits('sampled', ['framework_code', 'level', 'code']) }}
),

final as (
    select
        framework_code,
        level,
        code,
        trials as cases,
        limit_95_low,
        limit_95_high,
        limit_998_low,
        limit_998_high
    from limits
)

select * from final
