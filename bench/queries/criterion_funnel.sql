-- A methodologist: one criterion over all inspections of a programme, with the funnel's limits, furthest out first.
select
    inspection_title,
    comparison.cases,
    comparison.score,
    pooled_score,
    limit_95_low,
    limit_95_high,
    outside_998,
    standardised_score
from marts.fct_area_comparison as comparison
inner join marts.dim_inspection using (inspection_id, framework_code)
where level = 'criterion' and code = $criterion_code and framework_code = $framework_code
order by abs(standardised_score) desc, inspection_title
