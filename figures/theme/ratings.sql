select
    criterion_code,
    rating,
    areas,
    published_areas
from marts.fct_theme_rating
where theme_code = getvariable('theme_code')
order by criterion_code, rating
