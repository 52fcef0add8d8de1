-- What the overall percentage can be, given all the sections that its code names.
with overall as (
    select * from {{ ref('int_inspection__published_figure') }}
    where level = 'overall' and not is_word
),

frameworks as (
    select * from {{ ref('frameworks') }}
    where overall_method = 'weighted_by_section'
),

sections as (
    select * from {{ ref('sections') }}
    where overall_weight is not null
),

intervals as (
    select * from {{ ref('int_inspection__section_interval') }}
),

final as (
    select
        overall.inspection_id,
        overall.sample_group,
        overall.code as overall_code,
        round(
            {{ exact_sum(whole_weight('sections.overall_weight') ~ ' * intervals.low') }}
            / sum({{ whole_weight('sections.overall_weight') }}), 9
        ) as allowed_low,
        round(
            {{ exact_sum(whole_weight('sections.overall_weight') ~ ' * intervals.high') }}
            / sum({{ whole_weight('sections.overall_weight') }}), 9
        ) as allowed_high
    from overall
    inner join frameworks
        on overall.framework_code = frameworks.framework_code
    inner join sections
        on overall.framework_code = sections.framework_code
    left join intervals
        on
            overall.inspection_id = intervals.inspection_id
            and overall.sample_group = intervals.sample_group
            and sections.section_code = intervals.section_code
    group by overall.inspection_id, overall.sample_group, overall.code
    having
        count(intervals.section_code) = count(*)
        and {{ concat_in_order('sections.section_code') }} = overall.code
)

select * from final
