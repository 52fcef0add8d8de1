select
    framework.framework_code,
    framework.framework_name,
    framework.programme_start,
    count(*) filter (where coverage.inspections > 0) as inspected_areas,
    framework.planned_areas,
    sum(coverage.judged_cases) as judged_cases, -- staff
    framework.planned_cases
from marts.fct_programme_coverage as coverage
inner join marts.dim_framework as framework using (framework_code)
group by all
order by framework.programme_start, framework.framework_code
