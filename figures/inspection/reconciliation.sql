select
    sample_group.sample_group,
    sample_group.sample_group_title,
    reconciliation.level,
    reconciliation.code,
    reconciliation.check_name,
    reconciliation.published,
    reconciliation.recomputed,
    reconciliation.implied_low,
    reconciliation.implied_high,
    reconciliation.verdict,
    reconciliation.explanation
from marts.fct_reconciliation as reconciliation
inner join marts.dim_sample_group as sample_group using (sample_group)
inner join marts.dim_inspection as inspection using (inspection_id)
left join marts.dim_part as part using (framework_code, level, code)
where reconciliation.inspection_id = getvariable('inspection_id')
order by sample_group.display_order, reconciliation.check_name desc, part.display_order, reconciliation.code
