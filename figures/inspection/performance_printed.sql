select
    printed.measure_code,
    printed.measure_title,
    printed.first_month,
    printed.period_month,
    printed.printed_unit,
    printed.printed_target,
    printed.printed_area_value,
    printed.area_value,
    printed.figure_status,
    printed.printed_region_value,
    case when printed.printed_region_value is not null then printed.region_value end as region_value,
    printed.printed_national_value,
    printed.national_value,
    printed.verdict,
    printed.note,
    printed.source
from marts.fct_area_performance_table as printed
inner join marts.dim_inspection as inspection using (area_code, performance_year)
where inspection.inspection_id = getvariable('inspection_id') and printed.source is not null
order by printed.print_order
