-- Whole samples only. High and very high risk of harm together are the group high_roh, so these two, and the other two,
-- must hold against their sum as well as all four against the sample.
with profiles as (
    select * from {{ ref('fct_caseload_profile') }}
    where sample_group in ('all', 'post_cja')
),

sample_groups as (
    select * from {{ ref('int_disclosure__sample_group') }}
),

counted as (
    select
        profiles.inspection_id,
        profiles.sample_group,
        profiles.characteristic,
        profiles.category,
        profiles.cases,
        profiles.characteristic = 'risk_of_harm' as is_risk,
        profiles.category in ('H', 'V') as is_high,
        sample_groups.is_suppressed or {{ too_small(['profiles.cases']) }} as is_small,
        sample_groups.is_suppressed or {{ too_small(['profiles.cases']) }} as is_suppressed
    from profiles
    inner join sample_groups
        on
            profiles.inspection_id = sample_groups.inspection_id
            and profiles.sample_group = sample_groups.sample_group
),

{% set sample = 'inspection_id, sample_group, characteristic' %}
{% for step, before, partition in [
    ('within_pairs', 'counted', sample ~ ', is_risk and is_high'),
    ('within_samples', 'within_pairs', sample),
    ('final', 'within_samples', sample ~ ', is_risk and is_high'),
] %}
{{ step }} as (
    select
        inspection_id,
        sample_group,
        characteristic,
        category,
        cases,
        is_risk,
        is_high,
        is_small,
        {{ also_suppressed(partition, 'cases', 'is_suppressed', 'category') }} as is_suppressed
    from {{ before }}
){{ ',' if not loop.last }}

{% endfor %}
select * from final
