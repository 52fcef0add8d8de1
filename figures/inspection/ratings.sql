select
    sample_group.sample_group,
    sample_group.sample_group_title,
    rating.criterion_code,
    rating.criterion_code || ' ' || coalesce(printed.criterion_title, criterion.criterion_title) as label,
    rating.evidence_items, -- staff
    nullif(rating.performance_rating, 'none') as performance_rating, -- staff
    rating.derived_rating, -- staff
    rating.adjusted_rating, -- staff
    rating.reason, -- staff
    rating.rating, -- staff
    rating.published_rating
from marts.fct_management_rating as rating
inner join marts.dim_inspection as inspection using (inspection_id)
inner join marts.dim_criterion as criterion using (framework_code, criterion_code)
inner join marts.dim_sample_group as sample_group using (sample_group)
left join marts.dim_printed_title as printed
    on
        rating.inspection_id = printed.inspection_id
        and rating.sample_group = printed.sample_group
        and rating.criterion_code = printed.criterion_code
where rating.inspection_id = getvariable('inspection_id')
order by sample_group.display_order, rating.criterion_code
