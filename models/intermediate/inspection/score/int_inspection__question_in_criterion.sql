-- Weights are decimals, so their sums are the same in any order; only the divisions are in doubles.
with questions as (
    select * from {{ ref('int_inspection__question_weight') }}
),

sides as (
    select
        inspection_id,
        sample_group,
        criterion_code,
        side,
        side_share,
        sum(weight) as side_weight
    from questions
    group by inspection_id, sample_group, criterion_code, side, side_share
),

scaled_sides as (
    select
        inspection_id,
        sample_group,
        criterion_code,
        side,
        cast(side_weight as double) as side_weight,
        cast(side_share as double)
        / cast(sum(side_share) over (partition by inspection_id, sample_group, criterion_code) as double) as side_share
    from sides
),

final as (
    select
        questions.inspection_id,
        questions.sample_group,
        questions.framework_code,
        questions.section_code,
        questions.criterion_code,
        questions.question_code,
        scaled_sides.side_share * cast(questions.weight as double) / scaled_sides.side_weight as coefficient
    from questions
    inner join scaled_sides
        on
            questions.inspection_id = scaled_sides.inspection_id
            and questions.sample_group = scaled_sides.sample_group
            and questions.criterion_code = scaled_sides.criterion_code
            and questions.side = scaled_sides.side
)

select * from final
