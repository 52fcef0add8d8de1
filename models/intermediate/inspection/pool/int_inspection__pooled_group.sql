-- A group of a characteristic is of the main sample, that of `all`.
with scored_groups as (
    select * from {{ ref('int_inspection__scored_group') }}
),

pools as (
    select * from {{ ref('int_inspection__pool') }}
),

final as (
    select
        pools.pool_key,
        pooled.sample_group as scored_sample_group,
        pooled.framework_code,
        pools.pool,
        pools.pool_code,
        case when pooled.characteristic is null then pooled.sample_group else 'all' end as sample_group,
        coalesce(pooled.characteristic, 'none') as characteristic,
        coalesce(pooled.category, 'all') as category,
        cast(count(*) as int) as inspections
    from scored_groups as pooled
    inner join pools
        on pooled.inspection_id = pools.pool_key
    inner join scored_groups as members
        on
            pools.inspection_id = members.inspection_id
            and pooled.sample_group = members.sample_group
    group by
        pools.pool_key,
        pooled.sample_group,
        pooled.framework_code,
        pools.pool,
        pools.pool_code,
        pooled.characteristic,
        pooled.category
)

select * from final
