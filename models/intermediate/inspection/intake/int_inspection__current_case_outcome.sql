with current_files as (
    select * from {{ ref('int_delivery__current_file') }}
),

outcomes as (
    select * from {{ ref('stg_case_outcome') }}
),

inspections as (
    select * from {{ ref('int_inspection__inspection') }}
),

cases as (
    select * from {{ ref('int_inspection__case') }}
),

final as (
    select
        outcomes.*,
        case
            when inspections.inspection_id is null then {{ no_such_inspection() }}
            when cases.case_key is null then {{ no_such_case() }}
            else nullif(concat_ws(
                ' ',
                {% for column in ['oasys_rescored_on', 'reconvicted_on'] -%}
                case
                    when outcomes.{{ column }} < cases.commenced_on then {{ before_commencement(column) }}
                end{{ ',' if not loop.last }}
                {% endfor %}
            ), '')
        end as missing_parent
    from outcomes
    inner join current_files
        on outcomes.file_id = current_files.file_id
    left join inspections
        on outcomes.inspection_id = inspections.inspection_id
    left join cases
        on
            outcomes.inspection_id = cases.inspection_id
            and outcomes.case_key = cases.case_key
)

select * from final
