-- Counts of pooled cases with their cell keys: what became of them, and who they are. A group that nobody is in has a
-- row too, so that a row does not say that somebody is.
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
        framework_code,
        performance_year,
        inspections,
        record_key,
        1 as people,
        '{{ item }}' as item,
        {{ category }} as category,
        '{{ part }}' as part
    from cases
    where {{ condition }}
    union all
    {% endfor %}
    select distinct
        cases.framework_code,
        cases.performance_year,
        cases.inspections,
        cast(0 as bigint) as record_key,
        0 as people,
        listed.characteristic as item,
        listed.category,
        'side' as part
    from cases
    cross join {{ ref('public_groups') }} as listed
),

final as (
    select
        framework_code,
        performance_year,
        inspections,
        item,
        category,
        part,
        cast(sum(people) as bigint) as people,
        cast(cast(sum(record_key) % {{ var('record_keys') }} as bigint) as string) as cell_key
    from parts
    group by framework_code, performance_year, inspections, item, category, part
)

select * from final
