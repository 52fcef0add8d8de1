select
    featured_code,
    featured_title,
    measure_codes,
    areas,
    period_kind,
    last_periods,
    case
        when last_periods is null then concat('every ', period_kind)
        when last_periods = 1 then concat('the latest ', period_kind)
        else concat('the latest ', last_periods, ' ', period_kind, 's')
    end as periods,
    concat(
        'measures=', replace(measure_codes, ' ', ','), '&areas=', replace(areas, ' ', ','), '&of=', period_kind,
        case when last_periods is null then '' else concat('&last=', last_periods) end
    ) as selection,
    display_order
from {{ ref('featured_tables') }}
