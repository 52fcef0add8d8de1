-- In a pool the inspection is what was sampled: its cases' deviations are summed before they are squared. The larger of
-- the two variances counts; one inspection alone has none.
with deviations as (
    select * from {{ ref('int_inspection__score_deviation') }}
),

cases as (
    select * from {{ ref('int_inspection__case') }}
),

scored_groups as (
    select
        *,
        group_kind in ('pooled', 'pool', 'theme') as is_pool
    from {{ ref('int_inspection__scored_group') }}
),

of_inspections as (
    select
        deviations.inspection_id,
        deviations.sample_group,
        deviations.level,
        deviations.code,
        {{ exact_sum('deviations.deviation * deviations.deviation') }} as squares,
        {{ exact_sum('deviations.deviation') }} as total
    from deviations
    inner join cases
        on deviations.case_key = cases.case_key
    group by
        deviations.inspection_id, deviations.sample_group, deviations.level, deviations.code, cases.inspection_id
),

summed as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        {{ exact_sum('squares') }} as squares,
        {{ exact_sum('total * total') }} as squares_of_totals
    from of_inspections
    group by inspection_id, sample_group, level, code
),

estimated as (
    select
        summed.*,
        scored_groups.is_pool,
        {{ case_variance('summed.squares', 'scored_groups.cases') }} as within_variance,
        {{ case_variance('summed.squares_of_totals', 'scored_groups.inspections') }} as between_variance
    from summed
    inner join scored_groups
        on
            summed.inspection_id = scored_groups.inspection_id
            and summed.sample_group = scored_groups.sample_group
),

final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        within_variance,
        case
            when is_pool and (between_variance is null or between_variance > within_variance) then between_variance
            else within_variance
        end as variance
    from estimated
)

select * from final
