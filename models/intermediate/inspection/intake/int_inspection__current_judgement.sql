-- The one large table of the subject: hash joins only, no windows and no sorting.
with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

judgements as (
    select * from {{ ref('stg_judgement') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

cases as (
    select * from {{ ref('int_inspection__case') }}
),

questions as (
    select * from {{ ref('questions') }}
),

final as (
    select
        judgements.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            else nullif(concat_ws(
                ' ',
                case when cases.case_key is null then {{ no_such_case() }} end,
                case when questions.question_code is null then {{ no_such_code('question') }} end
            ), '')
        end as missing_parent
    from judgements
    inner join current_files
        on judgements.file_id = current_files.file_id
    left join inspections
        on judgements.inspection_id = inspections.inspection_id
    left join cases
        on
            judgements.inspection_id = cases.inspection_id
            and judgements.case_key = cases.case_key
    left join questions
        on
            inspections.framework_code = questions.framework_code
            and judgements.question_code = questions.question_code
)

select * from final
