select
    as_at,
    printed_rank,
    printed_units,
    rank, -- staff
    units_ranked, -- staff
    score, -- staff
    note, -- staff
    source
from marts.fct_printed_rank
where area_code = getvariable('area_code')
order by as_at desc
