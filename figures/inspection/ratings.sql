select
    sample_group.sample_group_title,
    rating.criterion_code,
    rating.criterion_code || ' ' || criterion.criterion_title as label,
    rating.evidence_items,
    nullif(rating.performance_rating, 'none') as performance_rating,
    rating.derived_rating,
    rating.adjusted_rating,
    rating.reason,
    rating.rating,
    rating.published_rating
from marts.fct_management_rating as rating
inner join marts.dim_inspection as inspection using (inspection_id)
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
inner join marts.dim_sample_group as sample_group using (sample_group)
where rating.inspection_id = getvariable('inspection_id')
order by sample_group.display_order, rating.criterion_code
