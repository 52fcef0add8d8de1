-- Our figure, written with the parts that were printed, so that the two are compared as text.
with published as (
    select * from {{ ref('int_inspection__published_figure') }}
),

scores as (
    select * from {{ ref('int_inspection__score') }}
),

counts as (
    select * from {{ ref('int_inspection__question_count') }}
),

counted as (
    select
        published.*,
        cast({{ score_pct('coalesce(scores.score, counts.proportion)') }} as string) as score_pct,
        counts.above_line_cases,
        counts.relevant_cases,
        counts.relevant_cases - counts.above_line_cases as below_line_cases
    from published
    left join scores
        on
            published.inspection_id = scores.inspection_id
            and published.sample_group = scores.sample_group
            and published.level = scores.level
            and published.code = scores.code
    left join counts
        on
            published.inspection_id = counts.inspection_id
            and published.sample_group = counts.sample_group
            and published.level = 'question'
            and published.code = counts.question_code
),

final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        is_word,
        published,
        {{ printed_figure(
            'case when published_score_pct is not null then score_pct end',
            'case when published_numerator is not null then above_line_cases end',
            'case when published_denominator is not null then relevant_cases end',
            'case when published_below is not null then below_line_cases end'
        ) }} as recomputed
    from counted
)

select * from final
