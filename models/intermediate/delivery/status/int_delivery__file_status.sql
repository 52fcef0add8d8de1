-- What counts of each delivery, seen beside the others of its kind. An area delivers a month as a whole or by its parts
-- (London's quadrants), never both, or it would be counted twice: the whole goes before the parts, whichever came
-- first, and no revision of a part counts while it is there. Extract and return are asked apart: a file may change
-- nothing but what follows from its own kind, which is all that a night rebuilds.
with statuses as (
    select * from {{ ref('int_delivery__revision_status') }}
),

units as (
    select * from {{ ref('units') }}
),

months as (
    select
        monthly_files.*,
        statuses.status
    from {{ ref('int_delivery__monthly_file') }} as monthly_files
    inner join statuses
        on monthly_files.file_id = statuses.file_id
    where statuses.status in ('current', 'superseded')
),

current_months as (
    select
        kind,
        unit_code,
        period_month
    from months
    where status = 'current'
),

parts_beside_their_area as (
    select months.file_id
    from months
    inner join units
        on months.unit_code = units.unit_code
    inner join current_months
        on
            months.kind = current_months.kind
            and units.area_code = current_months.unit_code
            and months.period_month = current_months.period_month
    where units.unit_code <> units.area_code
),

final as (
    select
        statuses.file_id,
        statuses.kind,
        statuses.delivery_key,
        case when parts_beside_their_area.file_id is null then statuses.status else 'rejected' end as status,
        case
            when parts_beside_their_area.file_id is null then statuses.reason
            else 'London also delivered this month as a whole: deliver it as a whole or by quadrant, never both.'
        end as reason
    from statuses
    left join parts_beside_their_area
        on statuses.file_id = parts_beside_their_area.file_id
)

select * from final
