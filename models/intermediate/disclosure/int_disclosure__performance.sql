-- Figures of a month, and differences of two figures to date, count people. A year shows its months until the first that
-- is too small. From there on it shows figures to date alone, at the end of a quarter where what was added since the
-- last one shown is no small count. So no later month hides what was shown before, and most years end with a figure.
{% set counts = ['met', 'asked', 'missed'] %}
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
        {% for count in counts %}
        case when is_small then {{ count }} else 0 end as added_{{ count }}{{ ',' if not loop.last }}
        {% endfor %}
    from months
    where month_of_year = 1

    union all

    select
        {{ keys | join(', ') }},
        is_month_suppressed,
        not is_shown as is_to_date_suppressed,
        {% for count in counts %}
        case when is_shown then 0 else added_{{ count }} end as added_{{ count }}{{ ',' if not loop.last }}
        {% endfor %}
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
                {% for count in counts %}
                walked.added_{{ count }} + months.{{ count }} as added_{{ count }}{{ ',' if not loop.last }}
                {% endfor %}
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
