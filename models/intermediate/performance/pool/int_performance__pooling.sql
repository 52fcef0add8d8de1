-- Whose figures a unit's numbers go into: its own, its area's (London's quadrants), and the national ones.
with units as (
    select * from {{ ref('units') }}
),

final as (
    select
        unit_code,
        unit_code as pool_code
    from units
    union all
    select
        unit_code,
        area_code as pool_code
    from units
    where area_code <> unit_code
    union all
    select
        unit_code,
        'ENW' as pool_code
    from units
)

select * from final
