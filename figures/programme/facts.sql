select
    framework.programme_start,
    count(*) filter (where coverage.inspections > 0) as inspected_areas,
    framework.planned_areas,
    sum(coverage.inspections) as inspections,
    sum(coverage.judged_cases) as judged_cases, -- staff
    framework.followed_months, -- staff
    sum(coverage.followed_cases) as followed_cases, -- staff
    framework.planned_cases
from marts.fct_programme_coverage as coverage
inner join marts.dim_framework as framework using (framework_code)
where coverage.framework_code = getvariable('framework_code')
group by all
