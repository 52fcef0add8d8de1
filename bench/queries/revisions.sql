-- A statistician before a release: how many figures of each measure were revised since they were first published, and why.
select
    measure_code,
    measure_title,
    count(revision_no) as revisions,
    count(distinct area_code) as areas,
    max(abs(change)) as largest_change,
    count(*) filter (where cause is not null) as with_cause
from marts.dim_measure
left join marts.fct_performance_revision using (measure_code)
group by measure_code, measure_title
order by revisions desc, measure_code
