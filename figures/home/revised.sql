select
    revision.area_code,
    area.area_name,
    revision.measure_code,
    measure.measure_title,
    revision.period_month,
    case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
    round(revision.before_value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as before_value,
    round(revision.after_value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as after_value,
    revision.after_status as status,
    revision.cause
from marts.fct_performance_revision as revision
inner join ops.publication as publication on revision.before_run_id = publication.previous_run_id
inner join marts.dim_area as area using (area_code)
inner join marts.dim_measure as measure using (measure_code)
qualify
    revision.period_month = max(revision.period_month) over (partition by revision.area_code, revision.measure_code)
order by area.area_name, measure.measure_title, revision.area_code, revision.measure_code
