select
    sample_group.sample_group_title,
    comparison.level,
    comparison.code,
    comparison.score,
    comparison.all_score,
    comparison.difference,
    comparison.q_value,
    comparison.beyond_chance,
    comparison.reliability
from marts.fct_subsample_comparison as comparison
inner join marts.dim_sample_group as sample_group using (sample_group)
where
    comparison.inspection_id = getvariable('inspection_id')
    and comparison.sample_group in ('inspector', 'area_assessor', 'ppo', 'tier_4', 'custody', 'very_high')
order by
    sample_group.display_order,
    case comparison.level when 'criterion' then 1 when 'section' then 2 when 'overall' then 3 else 4 end,
    comparison.code
