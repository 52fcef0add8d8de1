-- Featured tables with a code of no measure: as many codes as there are spaces, and one, must be known.
with featured as (
    select
        featured_code,
        measure_codes,
        length(measure_codes) - length(replace(measure_codes, ' ', '')) + 1 as codes
    from {{ ref('dim_featured_table') }}
    where measure_codes <> 'all'
),

known as (
    select
        featured.featured_code,
        featured.codes,
        count(measure.measure_code) as known_codes
    from featured
    left join {{ ref('dim_measure') }} as measure
        on concat(' ', featured.measure_codes, ' ') like concat('% ', measure.measure_code, ' %')
    group by featured.featured_code, featured.codes
),

final as (
    select *
    from known
    where known_codes <> codes
)

select * from final
