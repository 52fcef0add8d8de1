select
    measure_code,
    measure_title,
    case unit
        when 'proportion' then 'per cent'
        when 'count_vs_target' then 'per cent of target'
        when 'days_per_head' then 'days a head a year'
    end as unit
from marts.dim_measure
order by measure_title, measure_code
