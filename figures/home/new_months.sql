with month_file as (
    select
        arrival.revision,
        substr(arrival.delivery_key, 1, 3) as area_code,
        due.period_month
    from ops.arrival as arrival
    inner join ops.delivery_due as due
        on arrival.kind = due.kind and arrival.delivery_key = due.unit_code || '_' || strftime(due.period_month, '%m%y')
)

select
    month_file.period_month,
    count(distinct month_file.area_code) filter (where month_file.revision = 1) as areas_new,
    count(distinct month_file.area_code) filter (where month_file.revision > 1) as areas_corrected
from month_file
cross join ops.publication as publication
where publication.previous_run_id is not null
group by month_file.period_month
order by month_file.period_month
