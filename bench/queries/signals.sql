-- A national analyst: where and how often each measure, or six months of it, stood outside limits in the last two years.
select
    area_name,
    measure_code,
    count(*) as months,
    count(*) filter (where is_outside) as months_outside,
    count(signal) as signals,
    count(six_month_signal) as signals_of_six_months,
    max(period_month) filter (where signal is not null or six_month_signal is not null) as last_signal
from marts.fct_performance_signal
inner join marts.dim_area using (area_code)
where period_month > (select max(period_month) - interval 24 month from marts.fct_performance_signal)
group by all
order by signals desc, months_outside desc, area_name, measure_code
