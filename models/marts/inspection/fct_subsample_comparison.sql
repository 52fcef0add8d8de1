select
    inspection_id,
    sample_group,
    level,
    code,
    framework_code,
    score,
    all_score,
    difference,
    standard_error,
    degrees_of_freedom,
    p_value,
    q_value,
    beyond_chance,
    reliability,
    reliability = 'reliable' as is_reliable
from {{ ref('int_inspection__subsample_difference') }}
where group_kind = 'sample_group'
