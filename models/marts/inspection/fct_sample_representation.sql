-- A caseload that is smaller than the sample drawn from it is wrong or another: nothing is compared with it.
with samples as (
    select * from {{ ref('int_inspection__sample_part') }}
),

caseloads as (
    select * from {{ ref('int_inspection__caseload_item') }}
),

parts as (
    select * from {{ ref('caseload_parts') }}
),

judged as (
    select
        samples.inspection_id,
        samples.part_code,
        parts.display_order,
        parts.part_title,
        caseloads.caseload_year,
        caseloads.caseload_cases,
        samples.sampled_cases,
        samples.known_cases,
        samples.part_cases,
        cast(samples.part_cases as double) / nullif(samples.known_cases, 0) as sample_share,
        caseloads.caseload_share,
        case
            when caseloads.caseload_cases < samples.sampled_cases then 'caseload smaller than its sample'
            when caseloads.caseload_share is null then 'not in the caseload'
            when samples.known_cases = 0 then 'not known of the sample'
            else 'compared'
        end as status
    from samples
    inner join caseloads
        on
            samples.inspection_id = caseloads.inspection_id
            and samples.part_code = caseloads.part_code
    inner join parts
        on samples.part_code = parts.part_code
),

final as (
    select
        *,
        case when status = 'compared' then sample_share - caseload_share end as difference
    from judged
)

select * from final
