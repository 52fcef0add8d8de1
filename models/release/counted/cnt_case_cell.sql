-- The exact counts of cases behind what is published, each with its cell key: the sum of its records' keys modulo 2^40.
with months as (
    select * from {{ ref('cnt_case_month') }}
    union all
    select * from {{ ref('cnt_listed_month') }}
),

pools as (
    select * from {{ ref('rel_pool') }}
),

periods as (
    select * from {{ ref('cnt_period') }}
),

measures as (
    select * from {{ ref('measures') }}
),

sums as (
    select
        {% for part in ['base', 'side'] %}
        sum(months.{{ part }}_amount) as {{ part }}_amount,
        sum(months.{{ part }}_people) as {{ part }}_people,
        sum(months.{{ part }}_key) % {{ var('record_keys') }} as {{ part }}_key,
        {% endfor %}
        periods.measure_code,
        periods.pool_code,
        periods.period,
        periods.period_month,
        months.characteristic,
        months.category
    from periods
    inner join pools
        on periods.pool_code = pools.pool_code
    inner join months
        on
            periods.measure_code = months.measure_code
            and pools.area_code = months.area_code
            and months.period_month between periods.first_month and periods.period_month
            and periods.is_by_group = (months.characteristic <> 'none')
    inner join measures
        on periods.measure_code = measures.measure_code
    where months.characteristic <> coalesce(measures.public_not_by, '')
    group by
        periods.measure_code,
        periods.pool_code,
        periods.period,
        periods.period_month,
        months.characteristic,
        months.category
),

final as (
    {% for part in ['base', 'side'] %}
    select
        measure_code,
        pool_code,
        period,
        period_month,
        characteristic,
        category,
        '{{ part }}' as part,
        cast({{ part }}_people as bigint) as people,
        cast({{ part }}_amount as double) as amount,
        cast(cast({{ part }}_key as bigint) as string) as cell_key
    from sums
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from final
