with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

adjustments as (
    select * from {{ ref('stg_score_adjustment') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

sample_groups as (
    select * from {{ ref('sample_groups') }}
),

known_criteria as (
    select * from {{ ref('int_inspection__known_code') }}
    where level = 'criterion'
),

known_words as (
    select
        criteria.framework_code,
        criteria.criterion_code,
        rating_scales.rating
    from {{ ref('criteria') }} as criteria
    inner join {{ ref('frameworks') }} as frameworks
        on criteria.framework_code = frameworks.framework_code
    inner join {{ ref('rating_scales') }} as rating_scales
        on frameworks.rating_scale = rating_scales.rating_scale
    where criteria.scoring = 'descriptive'
),

final as (
    select
        adjustments.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            else nullif(concat_ws(
                ' ',
                case when sample_groups.sample_group is null then {{ no_such_sample_group() }} end,
                case
                    when known_criteria.code is null then {{ no_such_code('criterion') }}
                    when known_words.rating is null then {{ no_such_word() }}
                end
            ), '')
        end as missing_parent
    from adjustments
    inner join current_files
        on adjustments.file_id = current_files.file_id
    left join inspections
        on adjustments.inspection_id = inspections.inspection_id
    left join sample_groups
        on adjustments.sample_group = sample_groups.sample_group
    left join known_criteria
        on
            adjustments.inspection_id = known_criteria.inspection_id
            and adjustments.criterion_code = known_criteria.code
    left join known_words
        on
            inspections.framework_code = known_words.framework_code
            and adjustments.criterion_code = known_words.criterion_code
            and adjustments.adjusted_rating = known_words.rating
)

select * from final
