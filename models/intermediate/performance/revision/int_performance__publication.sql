-- Every publication that readers got, and tonight's behind them. Tonight's has no run id here: a night that does not
-- publish hands what it built to the next. A view, as every night changes it.
{{ config(materialized='view') }}

with publications as (
    select * from {{ ref('stg_publication') }}
),

night as (
    select * from {{ ref('stg_night') }}
),

last_one as (
    select coalesce(max(publication_no), 0) as publication_no from publications
),

final as (
    select
        publication_no,
        run_id,
        business_date
    from publications
    union all
    select
        last_one.publication_no + 1 as publication_no,
        cast(null as string) as run_id,
        night.business_date
    from night
    cross join last_one
)

select * from final
