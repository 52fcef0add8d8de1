-- Whole samples only: the profiles of overlapping groups would give each other away.
with profiles as (
    select * from {{ ref('fct_caseload_profile') }}
),

disclosure as (
    select * from {{ ref('int_disclosure__profile_cell') }}
),

final as (
    select
        profiles.inspection_id,
        profiles.sample_group,
        profiles.characteristic,
        profiles.category,
        {{ unless_suppressed('profiles.cases') }} as cases,
        {{ unless_suppressed('profiles.share') }} as share,
        {{ figure_status('profiles.cases', 'not_applicable') }} as figure_status
    from profiles
    inner join disclosure
        on
            profiles.inspection_id = disclosure.inspection_id
            and profiles.sample_group = disclosure.sample_group
            and profiles.characteristic = disclosure.characteristic
            and profiles.category = disclosure.category
)

select * from final
