with part as (
    select section_code, 1 as place, criterion_code as code, criterion_title as title,
        reliability, -- staff
        is_revised, -- public
        score_pct, ci_low, ci_high, conclusion as word, figure_status, published_score_pct || '%' as published
    from marts.fct_criterion_score
    inner join marts.dim_criterion using (framework_code, section_code, criterion_code)
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'

    union all by name

    select section_code, 1 as place, criterion_code as code, criterion_title as title,
        rating as word, -- staff
        'not_applicable' as figure_status, published_rating as published
    from marts.fct_management_rating
    inner join marts.dim_inspection using (inspection_id)
    inner join marts.dim_criterion using (framework_code, criterion_code)
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'

    union all by name

    select section_code, 2 as place, section_code as code, section_title as title,
        reliability, -- staff
        is_revised, -- public
        score_pct, ci_low, ci_high, figure_status, published_score_pct || '%' as published
    from marts.fct_section_score
    inner join marts.dim_section using (framework_code, section_code)
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'

    union all by name

    select 3 as place, 'Overall' as code, 'Sections ' || overall_code as title,
        reliability, -- staff
        is_revised, -- public
        score_pct, ci_low, ci_high, figure_status, published_score_pct || '%' as published
    from marts.fct_overall_score
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'

    union all by name

    select 4 as place, thread_code as code, thread_title || ' thread' as title,
        reliability, -- staff
        is_revised, -- public
        score_pct, ci_low, ci_high, figure_status, published_score_pct || '%' as published
    from marts.fct_thread_score
    inner join marts.dim_thread using (framework_code, thread_code)
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'
)

select
    part.code,
    coalesce(printed.criterion_title, part.title) as title,
    part.score_pct,
    part.ci_low,
    part.ci_high,
    part.reliability, -- staff
    part.is_revised, -- public
    part.word,
    part.published,
    part.figure_status,
    case part.place when 1 then 'Criterion' when 2 then 'Section' when 3 then 'Overall' else 'Thread' end as level,
    getvariable('inspection_id') as inspection_id
from part
left join marts.dim_printed_title as printed
    on
        printed.inspection_id = getvariable('inspection_id')
        and printed.sample_group = 'all'
        and part.code = printed.criterion_code
order by case when part.place > 2 then part.place else 0 end, part.section_code, part.place, part.code
