-- Cases of the main sample in each part in which a caseload is published. A case whose ethnicity is not known is in no
-- share of minority ethnic cases.
with cases as (
    select * from {{ ref('int_inspection__case') }}
    where sample = 'main'
),

parts as (
    select * from {{ ref('caseload_parts') }}
    where part_code <> 'total'
),

placed as (
    select
        cases.inspection_id,
        parts.part_code,
        parts.is_minority_ethnic is null or cases.is_minority_ethnic is not null as is_known,
        (parts.sex is null or cases.sex = parts.sex)
        and (parts.is_minority_ethnic is null or cases.is_minority_ethnic)
        and (parts.ppo is null or cases.ppo = parts.ppo)
        and {{ is_listed('cast(cases.mappa_level as string)', 'parts.mappa_levels') }} as is_in_part
    from cases
    cross join parts
),

final as (
    select
        inspection_id,
        part_code,
        cast(count(*) as int) as sampled_cases,
        cast(count(*) filter (where is_known) as int) as known_cases,
        cast(count(*) filter (where is_in_part) as int) as part_cases
    from placed
    group by inspection_id, part_code
)

select * from final
