select
    framework_code,
    thread_code,
    thread_title
from {{ ref('threads') }}
