{{ config(alias='fct_thread_score') }}

with fresh as (
    {{ published_score('thread') }}
),

final as (
    {{ frozen('fresh', ['inspection_id', 'sample_group', 'thread_code']) }}
)

select * from final
