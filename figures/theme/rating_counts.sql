select
    area.area_code,
    area.area_name,
    member.inspection_id,
    counted.rating,
    counted.criteria,
    counted.published_criteria
from marts.fct_theme_member as member
inner join marts.dim_theme as theme using (theme_code)
inner join marts.dim_area as area using (area_code)
inner join marts.fct_rating_count as counted using (inspection_id, sample_group)
where member.theme_code = getvariable('theme_code')
order by area.area_name, member.inspection_id, counted.rating
