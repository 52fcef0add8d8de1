select
    characteristic,
    category,
    category_title,
    display_order
from {{ ref('categories') }}
