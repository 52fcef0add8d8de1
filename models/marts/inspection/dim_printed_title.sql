-- What a report calls a criterion holds for every group of its cases, but those for which it prints yet another title.
with titles as (
    select * from {{ ref('printed_titles') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

candidates as (
    select
        titles.inspection_id,
        sample_groups.sample_group,
        titles.criterion_code,
        titles.criterion_title,
        titles.source,
        case when titles.sample_group = 'all' then 1 else 0 end as is_of_all
    from titles
    inner join inspections
        on titles.inspection_id = inspections.inspection_id
    inner join {{ ref('sample_groups') }} as sample_groups
        on titles.sample_group in ('all', sample_groups.sample_group)
),

final as (
    select
        inspection_id,
        sample_group,
        criterion_code,
        criterion_title,
        source
    from candidates
    qualify row_number() over (partition by inspection_id, sample_group, criterion_code order by is_of_all) = 1
)

select * from final
