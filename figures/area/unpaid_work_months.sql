select
    period_month,
    days_instructed,
    stand_down_share,
    stand_down_status,
    completions,
    completions_achievement,
    completions_status
from marts.fct_unpaid_work_summary
where
    area_code = getvariable('area_code')
    and period = 'month'
    and performance_year in (
        select distinct performance_year from marts.fct_unpaid_work_summary order by performance_year desc limit 3
    )
order by period_month desc
