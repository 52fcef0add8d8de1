-- A value against its target (performance specification, against target).
with figures as (
    select * from {{ ref('int_performance__value') }}
),

measures as (
    select * from {{ ref('measures') }}
),

targets as (
    select * from {{ ref('int_performance__target') }}
),

bounds as (
    select * from {{ ref('status_bounds') }}
),

aimed as (
    select
        figures.*,
        coalesce(targets.direction, measures.direction) as direction,
        case
            when figures.unit <> 'count_vs_target' then targets.target
            when figures.denominator is not null then cast(1 as double)
        end as target
    from figures
    inner join measures
        on figures.measure_code = measures.measure_code
    left join targets
        on
            figures.pool_code = targets.unit_code
            and figures.measure_code = targets.measure_code
            and figures.performance_year = targets.performance_year
),

final as (
    select
        aimed.*,
        aimed.scaled_value - aimed.target as difference,
        {{ achievement('aimed.scaled_value', 'aimed.target', 'aimed.direction') }} as achievement,
        {{ target_status('aimed.scaled_value', 'aimed.target', 'aimed.direction', 'bounds.close_factor') }} as status
    from aimed
    inner join bounds
        on aimed.direction = bounds.direction
)

select * from final
