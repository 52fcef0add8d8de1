-- The file key is free, so two current files can speak of the same area, period and metric: the file whose key sorts last counts.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

figures as (
    select * from {{ ref('stg_ippf') }}
),

areas as (
    select * from {{ ref('areas') }}
),

ranked as (
    select
        figures.*,
        areas.area_code is not null as has_area,
        row_number() over (
            partition by figures.area_code, figures.period_from, figures.period_to, figures.metric
            order by current_files.delivery_key desc
        ) as file_rank
    from figures
    inner join current_files
        on figures.file_id = current_files.file_id
    left join areas
        on figures.area_code = areas.area_code
),

final as (
    select
        *,
        case
            when not has_area then {{ no_such_area() }}
            when file_rank > 1 then {{ in_a_later_file() }}
        end as missing_parent
    from ranked
)

select * from final
