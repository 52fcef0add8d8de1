-- Criteria narrow down what a section's rounded percentage stands for. Where they contradict it, it stands alone.
with published as (
    select * from {{ ref('int_inspection__published_figure') }}
    where level = 'section' and not is_word
),

allowed as (
    select * from {{ ref('int_inspection__section_allowed') }}
),

cut as (
    select
        published.*,
        greatest(published.low, coalesce(allowed.allowed_low, published.low)) as cut_low,
        least(published.high, coalesce(allowed.allowed_high, published.high)) as cut_high
    from published
    left join allowed
        on
            published.inspection_id = allowed.inspection_id
            and published.sample_group = allowed.sample_group
            and published.code = allowed.section_code
),

final as (
    select
        inspection_id,
        framework_code,
        sample_group,
        code as section_code,
        case when cut_low < cut_high then cut_low else low end as low,
        case when cut_low < cut_high then cut_high else high end as high
    from cut
)

select * from final
