select
    rating.criterion_code,
    part.label as criterion,
    rating.rating,
    rating.areas,
    rating.published_areas
from marts.fct_theme_rating as rating
left join marts.dim_part as part
    on rating.criterion_code = part.code and part.level = 'criterion'
where rating.theme_code = getvariable('theme_code')
order by rating.criterion_code, rating.rating
