with score as (
    select 'criterion' as level, criterion_code as code, section_code, sample_group, conclusion, published_score_pct,
        reliability, -- staff
        is_revised, -- public
        score_pct, ci_low, ci_high, figure_status
    from marts.fct_criterion_score
    where inspection_id = getvariable('inspection_id')

    union all by name

    select 'section' as level, section_code as code, section_code, sample_group, published_score_pct,
        reliability, -- staff
        is_revised, -- public
        score_pct, ci_low, ci_high, figure_status
    from marts.fct_section_score
    where inspection_id = getvariable('inspection_id')

    union all by name

    select 'overall' as level, overall_code as code, sample_group, published_score_pct,
        reliability, -- staff
        is_revised, -- public
        score_pct, ci_low, ci_high, figure_status
    from marts.fct_overall_score
    where inspection_id = getvariable('inspection_id')

    union all by name

    select 'thread' as level, thread_code as code, sample_group, published_score_pct,
        reliability, -- staff
        is_revised, -- public
        score_pct, ci_low, ci_high, figure_status
    from marts.fct_thread_score
    where inspection_id = getvariable('inspection_id')
),

pooled as ( -- staff
    select -- staff
        pool.level, -- staff
        pool.code, -- staff
        max(pool.score) filter (where pool.sample_group = 'all') as all_score, -- staff
        max(pool.score) filter (where pool.sample_group = 'high_roh') as high_roh_score -- staff
    from marts.fct_pooled_score as pool -- staff
    inner join marts.dim_inspection as inspection using (framework_code) -- staff
    where -- staff
        inspection.inspection_id = getvariable('inspection_id') -- staff
        and inspection.follow_up_of is null -- staff
        and pool.pool = 'programme' -- staff
        and pool.inspections > 1 -- staff
        and pool.characteristic = 'none' -- staff
    group by pool.level, pool.code -- staff
), -- staff

part as (
    select 'criterion' as level, criterion_code as code, section_code, criterion_title as title
    from marts.dim_criterion
    inner join marts.dim_inspection using (framework_code)
    where inspection_id = getvariable('inspection_id')

    union all by name

    select 'section' as level, section_code as code, section_code, section_title as title
    from marts.dim_section
    inner join marts.dim_inspection using (framework_code)
    where inspection_id = getvariable('inspection_id')

    union all by name

    select level, code, 'Sections ' || code as title
    from score
    where level = 'overall' and sample_group = 'all'

    union all by name

    select 'thread' as level, thread_code as code, thread_title || ' thread' as title
    from marts.dim_thread
    inner join marts.dim_inspection using (framework_code)
    where inspection_id = getvariable('inspection_id')
)

select
    part.level,
    part.level <> 'criterion' as heads,
    case when part.level = 'overall' then 'Overall' else part.code end as code,
    coalesce(printed.criterion_title, part.title) as title,
    score.score_pct,
    score.ci_low,
    score.ci_high,
    score.reliability, -- staff
    score.is_revised, -- public
    coalesce(rating.published_rating, score.published_score_pct || '%') as published,
    coalesce(rating.rating, score.conclusion) as word, -- staff
    score.conclusion as word, -- public
    reconciliation.verdict, -- staff
    high.score_pct as high_roh_pct,
    pooled.all_score as pooled_score, -- staff
    pooled.high_roh_score as pooled_high_roh_score, -- staff
    coalesce(high.figure_status, 'not_applicable') as high_roh_status,
    coalesce(score.figure_status, 'not_applicable') as figure_status,
    getvariable('inspection_id') as inspection_id
from part
left join score
    on part.level = score.level and part.code = score.code and score.sample_group = 'all'
left join score as high
    on part.level = high.level and part.code = high.code and high.sample_group = 'high_roh'
left join marts.fct_management_rating as rating
    on
        rating.inspection_id = getvariable('inspection_id')
        and rating.sample_group = 'all'
        and part.level = 'criterion'
        and part.code = rating.criterion_code
left join marts.fct_reconciliation as reconciliation -- staff
    on -- staff
        reconciliation.inspection_id = getvariable('inspection_id') -- staff
        and reconciliation.sample_group = 'all' -- staff
        and reconciliation.check_name = 'recomputed' -- staff
        and part.level = reconciliation.level -- staff
        and part.code = reconciliation.code -- staff
left join pooled -- staff
    on part.level = pooled.level and part.code = pooled.code -- staff
left join marts.dim_printed_title as printed
    on
        printed.inspection_id = getvariable('inspection_id')
        and printed.sample_group = 'all'
        and part.level = 'criterion'
        and part.code = printed.criterion_code
where
    score.code is not null
    or rating.criterion_code is not null
    or (part.level = 'section' and part.section_code in (
        select criterion.section_code
        from marts.fct_management_rating as rated
        inner join marts.dim_inspection using (inspection_id)
        inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
        where rated.inspection_id = getvariable('inspection_id') and rated.sample_group = 'all'
    ))
order by
    case part.level when 'overall' then 1 when 'thread' then 3 else 2 end,
    part.section_code,
    case part.level when 'section' then 1 else 2 end,
    part.code
