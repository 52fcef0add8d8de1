select
    framework_code,
    thread_code,
    thread_title,
    cast(row_number() over (partition by framework_code order by thread_code) as int) as display_order
from {{ ref('threads') }}
