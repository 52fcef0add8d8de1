select
    publication.run_id, -- staff
    publication.release as run_id, -- public
    publication.business_date,
    publication.previous_run_id, -- staff
    (select count(*) from marts.dim_inspection) as inspections,
    (select max(published_on) from marts.dim_inspection) as last_report,
    (select count(distinct area_code) from marts.fct_performance_month) as areas,
    (select min(period_month) from marts.fct_performance_month) as first_month,
    (select max(period_month) from marts.fct_performance_month) as last_month
from ops.publication -- staff
from marts.release as publication -- public
