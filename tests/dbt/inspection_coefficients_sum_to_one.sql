-- The weights of a score are scaled to 1 whatever is missing: returns the scores whose are not.
{{ config(group='inspection') }}
select
    inspection_id,
    sample_group,
    level,
    code
from {{ ref('int_inspection__score_coefficient') }}
group by inspection_id, sample_group, level, code
having abs({{ exact_sum('coefficient') }} - 1) > {{ var('float_tolerance') }}
