select
    featured_code,
    featured_title,
    measure_codes,
    areas,
    period_kind,
    last_periods,
    display_order
from {{ ref('featured_tables') }}
