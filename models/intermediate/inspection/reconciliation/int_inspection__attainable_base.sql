-- The smallest number of cases of which some part rounds half up to the printed percentage, in whole numbers: P is k of
-- n where (2P - 1) n <= 200 k < (2P + 1) n. A printed count is k, a printed base n. Of 100 cases every one is a share.
with published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where level = 'question' and published_score_pct = floor(published_score_pct)
),

scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
),

bases as (
    select
        published.inspection_id,
        published.sample_group,
        published.code,
        cast(published.published_score_pct as bigint) as pct,
        published.published_numerator,
        published.published_below,
        published.base,
        published.part,
        scored_groups.cases,
        {{ each_number(
            'coalesce(published.base, 1)',
            'coalesce(published.base, greatest(coalesce(scored_groups.cases, 0), 100))'
        ) }} as base_cases
    from published
    left join scored_groups
        on
            published.inspection_id = scored_groups.inspection_id
            and published.sample_group = scored_groups.sample_group
),

parts as (
    select
        *,
        coalesce(
            published_numerator,
            base_cases - published_below,
            cast(ceil(greatest(2 * pct - 1, 0) * base_cases / 200.0) as bigint)
        ) as part_cases
    from bases
),

final as (
    select
        inspection_id,
        sample_group,
        code as question_code,
        pct,
        base,
        part,
        coalesce(published_numerator, published_below) is not null as has_count,
        max(cases) as cases,
        min(
            case
                when
                    part_cases between 0 and base_cases
                    and base_cases > 0
                    and 200 * part_cases >= (2 * pct - 1) * base_cases
                    and 200 * part_cases < (2 * pct + 1) * base_cases
                    then base_cases
            end
        ) as smallest_base
    from parts
    group by inspection_id, sample_group, code, pct, base, part, published_numerator, published_below
)

select * from final
