-- For which periods each kind of pool has a measure (seed measures). By group of cases, the nation has years.
{% set months = {'month': 1, 'quarter': 3, 'year': 12} %}

with measures as (
    select * from {{ ref('measures') }}
),

listed as (
    {% for pool in ['area', 'region', 'nation'] %}
    select
        measure_code,
        '{{ pool }}' as pool,
        public_{{ pool }}_period as period,
        false as is_by_group
    from measures
    where public_{{ pool }}_period is not null
    union all
    {% endfor %}
    select
        measure_code,
        'nation' as pool,
        'year' as period,
        true as is_by_group
    from measures
    where case_denominator is not null
),

final as (
    select
        *,
        case period
            {% for period, length in months.items() %}
            when '{{ period }}' then {{ length }}
            {% endfor %}
        end as months
    from listed
)

select * from final
