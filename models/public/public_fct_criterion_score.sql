{{ config(alias='fct_criterion_score') }}

with scores as (
    {{ published_score('criterion') }}
),

criteria as (
    select * from {{ ref('criteria') }}
),

bands as (
    select
        framework_code,
        lower_score,
        lead(lower_score) over (partition by framework_code order by lower_score) as next_lower_score,
        conclusion
    from {{ ref('conclusion_bands') }}
),

fresh as (
    select
        scores.*,
        criteria.section_code,
        bands.conclusion
    from scores
    inner join criteria
        on
            scores.framework_code = criteria.framework_code
            and scores.criterion_code = criteria.criterion_code
    left join bands
        on
            scores.framework_code = bands.framework_code
            and scores.score_pct >= round(bands.lower_score * 100, 9)
            and scores.score_pct < coalesce(round(bands.next_lower_score * 100, 9), 101)
),

final as (
    {{ frozen('fresh', ['inspection_id', 'sample_group', 'criterion_code']) }}
)

select * from final
