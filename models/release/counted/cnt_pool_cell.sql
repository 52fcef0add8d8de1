-- Counts of pooled cases with their cell keys: what became of them, and who they are.
{% set counted = [
    ('rescored', "'all'", 'base', 'oasys_start is not null'),
    ('rescored', "'all'", 'side', 'oasys_change is not null'),
    ('improved', "'all'", 'base', 'oasys_change is not null'),
    ('improved', "'all'", 'side', 'oasys_change < 0'),
] %}
{% for months in var('reconviction_months') %}
{% set observed, reconvicted = 'is_observed_' ~ months, 'is_reconvicted_' ~ months %}
{% do counted.append(('reconvicted', "'" ~ months ~ "'", 'base', observed)) %}
{% do counted.append(('reconvicted', "'" ~ months ~ "'", 'side', observed ~ ' and ' ~ reconvicted)) %}
{% endfor %}
{% for characteristic in ['sex', 'ethnicity_group', 'age_band', 'order_type', 'risk_of_harm', 'ppo'] %}
{% do counted.append((characteristic, "'all'", 'base', characteristic ~ ' is not null')) %}
{% do counted.append((characteristic, characteristic, 'side', characteristic ~ ' is not null')) %}
{% endfor %}

with cases as (
    select * from {{ ref('cnt_pool_case') }}
),

parts as (
    {% for item, category, part, condition in counted %}
    select
        *,
        '{{ item }}' as item,
        {{ category }} as category,
        '{{ part }}' as part
    from cases
    where {{ condition }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        framework_code,
        performance_year,
        inspections,
        item,
        category,
        part,
        cast(count(*) as bigint) as people,
        cast(cast(sum(record_key) % {{ var('record_keys') }} as bigint) as string) as cell_key
    from parts
    group by framework_code, performance_year, inspections, item, category, part
)

select * from final
