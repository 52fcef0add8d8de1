{{ config(partition_by='inspection_id') }}

select
    {{ in_partitions_of('inspection_id') }}
    inspection_id,
    case_key,
    question_code,
    answer,
    is_relevant,
    is_above_line
from {{ ref('int_inspection__judgement') }}
