{{ config(partition_by='inspection_id') }}

select
    {{ in_partitions_of('inspection_id') }}
    inspection_id,
    case_key,
    oasys_start,
    oasys_latest,
    oasys_change,
    cast(date_trunc('month', oasys_rescored_on) as date) as oasys_rescored_month,
    cast(date_trunc('month', reconvicted_on) as date) as reconvicted_month,
    cast(date_trunc('month', observed_to) as date) as observed_to_month
from {{ ref('int_inspection__case_outcome') }}
