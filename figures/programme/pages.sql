select distinct
    coverage.framework_code,
    framework.framework_name
from marts.fct_programme_coverage as coverage
inner join marts.dim_framework as framework using (framework_code)
order by coverage.framework_code
