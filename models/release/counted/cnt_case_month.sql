-- What each area's cases of a month add to a cell, of all and of each group: the amount, the people that it is of, and
-- the sum of their record keys. Side: what was missed.
{% set characteristics = ['sex', 'ethnicity_group', 'order_type', 'risk_of_harm'] %}

with cases as (
    select * from {{ ref('fct_standard_case') }}
),

record_keys as (
    select * from {{ ref('rel_record_key') }}
),

measures as (
    select measure_code from {{ ref('measures') }}
    where case_denominator is not null
),

characteristics as (
    {% for characteristic in characteristics %}
    select '{{ characteristic }}' as characteristic
    union all
    {% endfor %}
    select 'none' as characteristic
),

judged as (
    select
        cases.*,
        record_keys.record_key,
        measures.measure_code,
        {% for end in ['relevant', 'met'] %}
        case measures.measure_code
            {% for measure in case_measures() %}
            when '{{ measure.measure_code }}' then cases.{{ measure.code }}_{{ end }}
            {% endfor %}
        end as {{ end }},
        {% endfor %}
        characteristics.characteristic,
        case characteristics.characteristic
            {% for characteristic in characteristics %}
            when '{{ characteristic }}' then coalesce(cases.{{ characteristic }}, 'Not known')
            {% endfor %}
            else 'all'
        end as category
    from cases
    inner join record_keys
        on
            cases.case_key = record_keys.case_key
            and cast(cases.period_month as string) = record_keys.period
    cross join measures
    cross join characteristics
),

final as (
    select
        {% for part, amount in [('base', 'relevant'), ('side', 'relevant - met')] %}
        cast(sum({{ amount }}) as bigint) as {{ part }}_amount,
        cast(sum(case when {{ amount }} > 0 then 1 else 0 end) as bigint) as {{ part }}_people,
        cast(sum(case when {{ amount }} > 0 then record_key else 0 end) as bigint) as {{ part }}_key,
        {% endfor %}
        area_code,
        measure_code,
        period_month,
        characteristic,
        category
    from judged
    where relevant > 0
    group by area_code, measure_code, period_month, characteristic, category
)

select * from final
