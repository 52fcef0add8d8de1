select
    profile.characteristic,
    profile.category as category_code,
    coalesce(category.category_title, profile.category) as category,
    profile.cases,
    profile.share
from marts.fct_caseload_profile as profile
left join marts.dim_category as category
    on profile.characteristic = category.characteristic and profile.category = category.category
where profile.inspection_id = getvariable('inspection_id') and profile.sample_group = 'all'
order by profile.characteristic, category.display_order, profile.category
