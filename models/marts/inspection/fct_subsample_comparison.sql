-- greatest() would make 0 of NULL.
with differences as (
    select
        *,
        sqrt(case when variance < 0 then 0 else variance end) as standard_error
    from {{ ref('int_inspection__subsample_difference') }}
),

final as (
    select
        inspection_id,
        sample_group,
        level,
        code,
        framework_code,
        score,
        all_score,
        difference,
        standard_error,
        {{ beyond_chance('difference', 'standard_error') }} as beyond_chance,
        is_reliable
    from differences
)

select * from final
