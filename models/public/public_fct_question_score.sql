{{ config(alias='fct_question_score') }}
-- Of all cases alone. What the report printed is shown as printed.

with counts as (
    select * from {{ ref('prt_question_count') }}
),

printed as (
    select * from {{ ref('prt_printed_question') }}
),

inspections as (
    select * from {{ ref('dim_inspection') }}
),

counted as (
    select
        printed.*,
        inspections.performance_year,
        counts.base,
        least(counts.side, counts.base) as below
    from printed
    inner join inspections
        on printed.inspection_id = inspections.inspection_id
    left join counts
        on
            printed.inspection_id = counts.inspection_id
            and printed.question_code = counts.question_code
),

stated as (
    select
        *,
        {{ published_share('(base - below)', 'base') }} as share,
        case
            when base is null then 'not_applicable'
            when base < {{ var('fewest_safe_people') }} then 'few_people'
            else 'shown'
        end as figure_status
    from counted
),

fresh as (
    select
        inspection_id,
        'all' as sample_group,
        question_code,
        framework_code,
        criterion_code,
        performance_year,
        case when figure_status = 'shown' then base end as relevant_cases,
        case when figure_status = 'shown' then below end as below_line_cases,
        case when figure_status = 'shown' then base - below end as above_line_cases,
        case when figure_status = 'shown' then share end as proportion,
        case when figure_status = 'shown' then cast({{ half_up('100 * share') }} as int) end as score_pct,
        case when figure_status = 'shown' then {{ wilson_low('(base - below)', 'base') }} end as ci_low,
        case when figure_status = 'shown' then {{ wilson_high('(base - below)', 'base') }} end as ci_high,
        published_score_pct,
        published_numerator,
        published_denominator,
        published_below,
        published,
        figure_status
    from stated
),

final as (
    {{ frozen('fresh', ['inspection_id', 'sample_group', 'question_code']) }}
)

select * from final
