-- Counts of pooled cases with their cell keys: what became of them, and who they are.
{% set characteristics = ['sex', 'ethnicity_group', 'age_band', 'order_type', 'risk_of_harm', 'ppo'] %}

with cases as (
    select * from {{ ref('cnt_pool_case') }}
),

parts as (
    {% for months in var('reconviction_months') %}
    select
        *,
        'reconvicted' as item,
        '{{ months }}' as category,
        'base' as part
    from cases
    where is_observed_{{ months }}
    union all
    select
        *,
        'reconvicted' as item,
        '{{ months }}' as category,
        'side' as part
    from cases
    where is_observed_{{ months }} and is_reconvicted_{{ months }}
    union all
    {% endfor %}
    select
        *,
        'rescored' as item,
        'all' as category,
        'base' as part
    from cases
    where oasys_start is not null
    union all
    select
        *,
        'rescored' as item,
        'all' as category,
        'side' as part
    from cases
    where oasys_change is not null
    union all
    select
        *,
        'improved' as item,
        'all' as category,
        'base' as part
    from cases
    where oasys_change is not null
    union all
    select
        *,
        'improved' as item,
        'all' as category,
        'side' as part
    from cases
    where oasys_change < 0
    {% for characteristic in characteristics %}
    union all
    select
        *,
        '{{ characteristic }}' as item,
        'all' as category,
        'base' as part
    from cases
    where {{ characteristic }} is not null
    union all
    select
        *,
        '{{ characteristic }}' as item,
        {{ characteristic }} as category,
        'side' as part
    from cases
    where {{ characteristic }} is not null
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
