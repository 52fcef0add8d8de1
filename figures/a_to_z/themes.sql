select
    theme_title,
    theme_code
from marts.dim_theme
order by theme_title, theme_code
