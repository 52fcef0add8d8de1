select
    publication.run_id,
    publication.business_date,
    publication.previous_run_id,
    (select count(*) from marts.dim_inspection) as inspections,
    (select max(published_on) from marts.dim_inspection) as last_report,
    (select count(distinct area_code) from marts.fct_performance_month) as areas,
    (select min(period_month) from marts.fct_performance_month) as first_month,
    (select max(period_month) from marts.fct_performance_month) as last_month
from ops.publication
