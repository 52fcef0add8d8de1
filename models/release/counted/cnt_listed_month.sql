-- What nobody adds to the groups that public tables list: an empty group has a row too, since a row that only people
-- had would say that there are some.
with months as (
    select * from {{ ref('cnt_case_month') }}
),

listed as (
    select * from {{ ref('public_groups') }}
),

final as (
    select
        {% for part in ['base', 'side'] %}
        cast(0 as bigint) as {{ part }}_amount,
        cast(0 as bigint) as {{ part }}_people,
        cast(0 as bigint) as {{ part }}_key,
        {% endfor %}
        months.area_code,
        months.measure_code,
        months.period_month,
        listed.characteristic,
        listed.category
    from months
    cross join listed
    where
        months.characteristic = 'none'
        and listed.characteristic in (select counted.characteristic from {{ ref('cnt_case_month') }} as counted)
)

select * from final
