-- The file key is free, so two current files can speak of the same area and date: the file whose key sorts last counts.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

profiles as (
    select * from {{ ref('stg_area_profile') }}
),

areas as (
    select * from {{ ref('areas') }}
),

ranked as (
    select
        profiles.*,
        areas.area_code is not null as has_area,
        row_number() over (
            partition by profiles.area_code, profiles.as_at
            order by current_files.delivery_key desc
        ) as file_rank
    from profiles
    inner join current_files
        on profiles.file_id = current_files.file_id
    left join areas
        on profiles.area_code = areas.area_code
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
