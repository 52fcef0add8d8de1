-- A month is due once the 15th of the month after it has passed (performance specification, periods).
with months as (
    select distinct
        month_start,
        performance_year
    from {{ ref('dim_date') }}
),

publication as (
    select * from {{ ref('rel_publication') }}
),

placed as (
    select
        *,
        (month(month_start) + 8) % 12 + 1 as place_from_april,
        (month(month_start) + 2) % 3 as place_in_quarter
    from months
),

final as (
    select
        placed.month_start,
        placed.performance_year,
        cast(placed.place_from_april as int) as place_from_april,
        {{ add_months('placed.month_start', 'cast(2 - placed.place_in_quarter as int)') }} as quarter_month,
        {{ add_months('placed.month_start', 'cast(12 - placed.place_from_april as int)') }} as year_month,
        cast(placed.month_start + interval 1 month + interval 14 day as date) < publication.business_date as is_due
    from placed
    cross join publication
)

select * from final
