select
    sample_group.sample_group,
    sample_group.sample_group_title,
    counted.rating,
    counted.criteria, -- staff
    counted.published_criteria
from marts.fct_rating_count as counted
inner join marts.dim_sample_group as sample_group using (sample_group)
where counted.inspection_id = getvariable('inspection_id')
order by sample_group.display_order, counted.rating
