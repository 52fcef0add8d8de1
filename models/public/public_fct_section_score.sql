{{ config(alias='fct_section_score') }}

with fresh as (
    {{ published_score('section') }}
),

final as (
    {{ frozen('fresh', ['inspection_id', 'sample_group', 'section_code']) }}
)

select * from final
