select
    publication_no,
    area_code,
    measure_code,
    performance_year,
    period_month,
    numerator,
    denominator,
    value,
    target,
    status
from {{ source('intake', 'published_figure') }}
