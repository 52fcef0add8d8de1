select
    table_title,
    year,
    total_item,
    published_total,
    sum_of_parts,
    difference,
    rounding_allowance,
    verdict,
    reason
from marts.fct_unpaid_work_reconciliation
where area_code = getvariable('area_code')
order by table_title, year
