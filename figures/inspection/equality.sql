select
    score.characteristic,
    score.category as category_code,
    coalesce(category.category_title, score.category) as category,
    score.cases,
    score.code,
    section.section_title,
    score.score,
    score.standard_error,
    score.ci_low,
    score.ci_high,
    score.reliability,
    score.difference,
    score.q_value,
    score.beyond_chance,
    score.figure_status
from marts.fct_equality_score as score
inner join marts.dim_section as section
    on score.framework_code = section.framework_code and score.code = section.section_code
left join marts.dim_category as category
    on score.characteristic = category.characteristic and score.category = category.category
where score.inspection_id = getvariable('inspection_id') and score.level = 'section'
order by score.characteristic, category.display_order, score.category, score.code
