select
    framework_code,
    criterion_code,
    criterion_title,
    framework_name
from public.dim_criterion
inner join public.dim_framework using (framework_code)
order by framework_code, criterion_code
