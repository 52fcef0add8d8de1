-- What a subsample adds to the variance of `all` in the difference of the two: over its cases, (its deviation - that in
-- all) squared less that in all squared. Cases of `all` that are not in the subsample add nothing more.
with scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
    where group_kind in ('sample_group', 'characteristic')
),

deviations as (
    select score_deviations.*
    from {{ ref('int_inspection__score_deviation') }} as score_deviations
    inner join scored_groups
        on
            score_deviations.inspection_id = scored_groups.inspection_id
            and score_deviations.sample_group = scored_groups.sample_group
),

of_all as (
    select * from deviations
    where sample_group = 'all'
),

final as (
    select
        deviations.inspection_id,
        deviations.sample_group,
        deviations.level,
        deviations.code,
        {{ exact_sum('deviations.deviation * (deviations.deviation - 2 * of_all.deviation)') }} as added_squares
    from deviations
    inner join of_all
        on
            deviations.case_key = of_all.case_key
            and deviations.level = of_all.level
            and deviations.code = of_all.code
    where deviations.sample_group <> 'all'
    group by deviations.inspection_id, deviations.sample_group, deviations.level, deviations.code
)

select * from final
