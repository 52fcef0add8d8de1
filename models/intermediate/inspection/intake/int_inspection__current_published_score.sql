with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

published as (
    select * from {{ ref('stg_published_score') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

known_codes as (
    select * from {{ ref('int_inspection__known_code') }}
),

final as (
    select
        published.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            else nullif(concat_ws(
                ' ',
                case when sample_groups.sample_group is null then {{ no_such_sample_group() }} end,
                case
                    when published.level <> 'overall' and known_codes.code is null
                        then {{ no_such_code('question, criterion, section or thread') }}
                end
            ), '')
        end as missing_parent
    from published
    inner join current_files
        on published.file_id = current_files.file_id
    left join inspections
        on published.inspection_id = inspections.inspection_id
    left join sample_groups
        on published.sample_group = sample_groups.sample_group
    left join known_codes
        on
            published.inspection_id = known_codes.inspection_id
            and published.level = known_codes.level
            and published.code = known_codes.code
)

select * from final
