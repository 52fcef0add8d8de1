with counted as (
    select
        recommendation.inspection_id,
        count(*) as recommendations,
        0 as printed_figures
    from marts.fct_recommendation as recommendation
    cross join ops.publication
    where recommendation.is_latest and recommendation.status = 'open' and recommendation.due_on < publication.business_date
    group by recommendation.inspection_id

    union all

    select
        inspection_id,
        0 as recommendations,
        count(*) as printed_figures
    from marts.fct_reconciliation
    where verdict = 'inconsistent'
    group by inspection_id
)

select
    inspection.inspection_id,
    inspection.inspection_title || ', ' || strftime(inspection.fieldwork_from, '%B %Y') as inspection_title,
    sum(counted.recommendations) as recommendations,
    sum(counted.printed_figures) as printed_figures
from counted
inner join marts.dim_inspection as inspection using (inspection_id)
group by all
order by inspection_title, inspection.inspection_id
