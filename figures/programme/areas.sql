select
    area.area_code,
    area.area_name,
    area.region,
    coverage.inspections,
    coverage.judged_cases, -- staff
    coverage.followed_cases, -- staff
    coverage.last_fieldwork_on
from marts.fct_programme_coverage as coverage
inner join marts.dim_area as area using (area_code)
where coverage.framework_code = getvariable('framework_code')
order by area.area_name, area.area_code
