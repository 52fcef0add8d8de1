select
    as_at,
    printed_rank,
    printed_units,
    rank,
    units_ranked,
    score,
    note,
    source
from marts.fct_printed_rank
where area_code = getvariable('area_code')
order by as_at desc
