select
    framework_name,
    framework_code,
    programme_start
from marts.dim_framework
order by framework_name, framework_code
