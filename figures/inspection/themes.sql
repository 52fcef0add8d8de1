select
    sample_group.sample_group,
    sample_group.sample_group_title,
    comparison.level,
    comparison.code,
    coalesce(printed.criterion_title, part.part_title) as title,
    reconciliation.published || '%' as published,
    comparison.score,
    comparison.all_score,
    comparison.difference,
    comparison.q_value,
    comparison.beyond_chance,
    comparison.reliability
from marts.fct_subsample_comparison as comparison
inner join marts.dim_sample_group as sample_group using (sample_group)
inner join marts.dim_part as part using (framework_code, level, code)
left join marts.dim_printed_title as printed
    on
        comparison.inspection_id = printed.inspection_id
        and comparison.sample_group = printed.sample_group
        and comparison.level = 'criterion'
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
order by sample_group.display_order, part.display_order
