with part as (
    select
        section_code,
        1 as place,
        criterion_code as code,
        criterion_title as title,
        score_pct,
        ci_low,
        ci_high,
        conclusion as word,
        figure_status
    from public.fct_criterion_score
    inner join public.dim_criterion using (framework_code, section_code, criterion_code)
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'

    union all

    select
        section_code,
        1 as place,
        criterion_code as code,
        criterion_title as title,
        null as score_pct,
        null as ci_low,
        null as ci_high,
        rating as word,
        'not_applicable' as figure_status
    from public.fct_management_rating
    inner join public.dim_inspection using (inspection_id)
    inner join public.dim_criterion using (framework_code, criterion_code)
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'

    union all

    select
        section_code,
        2 as place,
        section_code as code,
        section_title as title,
        score_pct,
        ci_low,
        ci_high,
        null as word,
        figure_status
    from public.fct_section_score
    inner join public.dim_section using (framework_code, section_code)
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'

    union all

    select
        'overall' as section_code,
        3 as place,
        'Overall' as code,
        'Sections ' || overall_code as title,
        score_pct,
        ci_low,
        ci_high,
        null as word,
        figure_status
    from public.fct_overall_score
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'

    union all

    select
        'thread' as section_code,
        4 as place,
        thread_code as code,
        'Risk of Harm thread' as title,
        score_pct,
        ci_low,
        ci_high,
        null as word,
        figure_status
    from public.fct_thread_score
    where inspection_id = getvariable('inspection_id') and sample_group = 'all'
)

select
    part.code,
    part.title,
    part.score_pct,
    part.ci_low,
    part.ci_high,
    part.word,
    part.figure_status,
    case part.place when 1 then 'Criterion' when 2 then 'Section' when 3 then 'Overall' else 'Thread' end as level,
    getvariable('inspection_id') as inspection_id
from part
order by case when part.place > 2 then part.place else 0 end, part.section_code, part.place, part.code
