-- Differences of two figures to date count people, as months do. A year shows its months until the first that is too
-- small; from there on figures to date alone, at the end of September and March, where what was added since the last
-- one shown is no small count. So no later month hides what was shown, and most years end with a figure.
{% set keys = ['area_code', 'measure_code', 'performance_year', 'period_month', 'month_of_year'] %}

with recursive months as (
    select * from {{ ref('int_disclosure__performance_month') }}
),

-- `added` is what the months since the last figure to date that is shown come to.
walked as (
    select
        {{ keys | join(', ') }},
        is_small as is_month_suppressed,
        is_small as is_to_date_suppressed,
        case when is_small then met else 0 end as added_met,
        case when is_small then asked else 0 end as added_asked,
        case when is_small then missed else 0 end as added_missed
    from months
    where month_of_year = 1

    union all

    select
        {{ keys | join(', ') }},
        is_month_suppressed,
        not is_shown as is_to_date_suppressed,
        case when is_shown then 0 else added_met end as added_met,
        case when is_shown then 0 else added_asked end as added_asked,
        case when is_shown then 0 else added_missed end as added_missed
    from (
        select
            *,
            not is_month_suppressed
            or (month(period_month) in (9, 3) and not {{ too_small(['added_met', 'added_asked', 'added_missed']) }})
                as is_shown
        from (
            select
                {% for key in keys %}
                months.{{ key }},
                {% endfor %}
                walked.is_month_suppressed or months.is_small as is_month_suppressed,
                walked.added_met + months.met as added_met,
                walked.added_asked + months.asked as added_asked,
                walked.added_missed + months.missed as added_missed
            from walked
            inner join months
                on
                    walked.area_code = months.area_code
                    and walked.measure_code = months.measure_code
                    and walked.performance_year = months.performance_year
                    and walked.month_of_year + 1 = months.month_of_year
        ) as added
    ) as judged
),

final as (
    select
        area_code,
        measure_code,
        period_month,
        is_month_suppressed,
        is_to_date_suppressed
    from walked
)

select * from final
