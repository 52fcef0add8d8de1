select
    sample_group.sample_group,
    sample_group.sample_group_title,
    comparison.level,
    comparison.code,
    coalesce(printed.criterion_title, part.part_title) as title,
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
where
    comparison.inspection_id = getvariable('inspection_id')
    and comparison.sample_group in ('inspector', 'area_assessor', 'ppo', 'tier_4', 'custody', 'very_high')
order by sample_group.display_order, part.display_order
