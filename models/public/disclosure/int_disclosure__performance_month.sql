-- A row a month to date, also where the month itself was not delivered: then it counts nobody.
with months as (
    select * from {{ ref('fct_performance_month') }}
),

to_date as (
    select * from {{ ref('fct_performance_to_date') }}
),

measures as (
    select * from {{ ref('public_measures') }}
),

counted as (
    select
        to_date.area_code,
        to_date.measure_code,
        to_date.performance_year,
        to_date.period_month,
        case when measures.numerator_counts_people = 1 then months.numerator end as met,
        case when measures.denominator_counts_people = 1 then months.denominator end as asked,
        case when measures.denominator_counts_people = 1 then months.denominator - months.numerator end as missed
    from to_date
    inner join measures
        on to_date.measure_code = measures.measure_code
    left join months
        on
            to_date.area_code = months.area_code
            and to_date.measure_code = months.measure_code
            and to_date.period_month = months.period_month
),

final as (
    select
        area_code,
        measure_code,
        performance_year,
        period_month,
        row_number() over (
            partition by area_code, measure_code, performance_year order by period_month
        ) as month_of_year,
        coalesce(met, 0) as met,
        coalesce(asked, 0) as asked,
        coalesce(missed, 0) as missed,
        {{ too_small(['met', 'asked', 'missed']) }} as is_small
    from counted
)

select * from final
