select
    framework_code,
    criterion_code,
    criterion_title,
    framework_name
from marts.dim_criterion
inner join marts.dim_framework using (framework_code)
order by framework_code, criterion_code
