-- An equality lead: how far each group's section scores lie behind those of the group that scored best, furthest first.
select
    inspection_id,
    code as section_code,
    characteristic,
    category,
    cases,
    score,
    ci_low,
    ci_high,
    max(score) over (partition by inspection_id, code, characteristic) - score as behind_best
from marts.fct_equality_score
where level = 'section' and framework_code = $framework_code
order by behind_best desc, inspection_id, section_code, characteristic, category
