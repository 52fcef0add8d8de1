with summary as (
    select
        *,
        max(period_month) over (partition by performance_year) as latest_month
    from marts.fct_unpaid_work_summary
    where area_code = getvariable('area_code')
)

select
    performance_year,
    period_month,
    stand_down_share,
    stand_down_national_share,
    stand_down_status,
    completions,
    completions_achievement,
    completions_status,
    completions_national_achievement,
    case when completions_months_in < 12 or stand_down_months_in < 12 then '[p]' end as provisional
from summary
where period = 'to_date' and period_month = latest_month
order by period_month desc
