-- A view: the months of all cases and those of the groups are read apart.
{{ config(materialized='view') }}

with sums as (
    select * from {{ ref('int_performance__case_sum') }}
),

files as (
    select * from {{ ref('int_performance__unit_file') }}
    where missing_parent is null
),

final as (
    select
        sums.unit_code,
        sums.period_month,
        sums.characteristic,
        sums.category,
        sums.measure_code,
        cast(sums.numerator as double) as numerator,
        cast(sums.denominator as double) as denominator,
        sums.cases
    from sums
    inner join files
        on sums.file_id = files.file_id
)

select * from final
