select
    risk_of_harm,
    manager_cases,
    manager_share,
    inspector_cases,
    inspector_share,
    agreed_cases
from marts.fct_risk_classification
where inspection_id = getvariable('inspection_id')
order by list_position(['L', 'M', 'H', 'V', 'unclear'], risk_of_harm)
