-- What a section's percentage can be, given the published percentages of all its criteria. Weights are brought to whole
-- numbers and edges to nine decimals: two edges that differ do so by far more, so touching intervals are told exactly.
with published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where not is_word
),

criteria as (
    select * from {{ ref('criteria') }}
    where scoring = 'percentage'
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

needed as (
    select
        criteria.framework_code,
        criteria.section_code,
        criteria.criterion_code,
        case
            when frameworks.section_method = 'weighted_by_criterion' then {{ whole_weight('criteria.weight') }}
            else 1
        end as weight
    from criteria
    inner join frameworks
        on criteria.framework_code = frameworks.framework_code
),

final as (
    select
        sections.inspection_id,
        sections.sample_group,
        sections.code as section_code,
        round({{ exact_sum('needed.weight * criteria.low') }} / sum(needed.weight), 9) as allowed_low,
        round({{ exact_sum('needed.weight * criteria.high') }} / sum(needed.weight), 9) as allowed_high
    from published as sections
    inner join needed
        on
            sections.framework_code = needed.framework_code
            and sections.code = needed.section_code
    left join published as criteria
        on
            sections.inspection_id = criteria.inspection_id
            and sections.sample_group = criteria.sample_group
            and criteria.level = 'criterion'
            and needed.criterion_code = criteria.code
    where sections.level = 'section'
    group by sections.inspection_id, sections.sample_group, sections.code
    having count(criteria.code) = count(*)
)

select * from final
