select
    theme_code,
    theme_title
from marts.dim_theme
order by theme_code
