with rated as (
    select
        figures.printed_table,
        figures.inspection_id,
        figures.sample_group,
        figures.item,
        coalesce(max(case when words.rating = figures.item then words.criteria end), 0) as numerator,
        cast(sum(words.criteria) as int) as base
    from {{ ref('int_inspection__printed_figure') }} as figures
    inner join {{ ref('fct_rating_count') }} as words
        on
            figures.inspection_id = words.inspection_id
            and figures.sample_group = words.sample_group
    where figures.printed_table = 'management words'
    group by figures.printed_table, figures.inspection_id, figures.sample_group, figures.item
),

matched as (
    select
        figures.*,
        scores.conclusion as our_words,
        coalesce(figures.numerator, rated.numerator) as our_numerator,
        coalesce(figures.base, rated.base) as our_base
    from {{ ref('int_inspection__printed_figure') }} as figures
    left join rated
        on
            figures.printed_table = rated.printed_table
            and figures.inspection_id = rated.inspection_id
            and figures.sample_group = rated.sample_group
            and figures.item = rated.item
    left join {{ ref('fct_criterion_score') }} as scores
        on
            figures.printed_table = 'conclusions'
            and figures.inspection_id = scores.inspection_id
            and figures.sample_group = scores.sample_group
            and figures.item = scores.criterion_code
),

valued as (
    select
        *,
        case
            when unit = 'percent' then {{ half_up('cast(our_numerator as double) / nullif(our_base, 0) * 100') }}
            else cast(our_numerator as double)
        end as our_value
    from matched
)

select
    inspection_id,
    printed_table,
    item,
    sample_group,
    unit,
    item_title,
    printed_value,
    printed_numerator,
    printed_base,
    printed_words,
    our_value,
    our_numerator,
    our_base,
    our_words,
    case
        when counted_from is null then 'no counterpart'
        when our_value is null and our_words is null then 'not derivable'
        when
            coalesce(printed_value = our_value, true)
            and coalesce(printed_numerator = our_numerator, true)
            and coalesce(printed_base = our_base, true)
            and coalesce(printed_words = our_words, true)
            then 'equal'
        else 'differs'
    end as status,
    note,
    source,
    source_document,
    source_lines
from valued
