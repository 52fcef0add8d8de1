select
    sample_group.sample_group_title,
    comparison.level,
    comparison.code,
    coalesce(printed.criterion_title, criterion.criterion_title, section.section_title) as title,
    reconciliation.published || '%' as published,
    comparison.score,
    comparison.all_score,
    comparison.difference,
    comparison.q_value,
    comparison.beyond_chance,
    comparison.reliability
from marts.fct_subsample_comparison as comparison
inner join marts.dim_sample_group as sample_group using (sample_group)
inner join marts.dim_inspection as inspection using (inspection_id)
left join marts.dim_criterion as criterion
    on inspection.framework_code = criterion.framework_code and comparison.code = criterion.criterion_code
left join marts.dim_section as section
    on inspection.framework_code = section.framework_code and comparison.code = section.section_code
left join marts.dim_printed_title as printed
    on
        comparison.inspection_id = printed.inspection_id
        and comparison.sample_group = printed.sample_group
        and comparison.code = printed.criterion_code
left join marts.fct_reconciliation as reconciliation
    on
        comparison.inspection_id = reconciliation.inspection_id
        and comparison.sample_group = reconciliation.sample_group
        and comparison.level = reconciliation.level
        and comparison.code = reconciliation.code
        and reconciliation.check_name = 'recomputed'
where
    comparison.inspection_id = getvariable('inspection_id')
    and comparison.sample_group in ('high_roh', 'unpaid_work', 'substance_misuse', 'post_cja')
order by
    sample_group.display_order,
    case comparison.level when 'criterion' then 1 when 'section' then 2 when 'overall' then 3 else 4 end,
    comparison.code
