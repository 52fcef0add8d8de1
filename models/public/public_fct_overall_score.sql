{{ config(alias='fct_overall_score') }}

with fresh as (
    {{ published_score('overall') }}
),

final as (
    {{ frozen('fresh', ['inspection_id', 'sample_group', 'overall_code']) }}
)

select * from final
