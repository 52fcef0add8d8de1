-- What became of a delivery from one publication to the next, and which figures it bears on: those of its area from its
-- month on, or, for targets, those of everyone in its year. A view, as the versions are.
{{ config(materialized='view') }}

with versions as (
    select
        *,
        lag(revision) over (partition by kind, delivery_key order by publication_no) as former_revision
    from {{ ref('int_performance__delivery_version') }}
),

replaced as (
    select * from {{ ref('int_performance__replaced_file') }}
),

units as (
    select * from {{ ref('units') }}
),

months as (
    select * from {{ ref('int_performance__reporting_month') }}
),

differing as (
    select
        publication_no,
        kind,
        delivery_key,
        revision,
        case
            when revision is null then 'Withdrawn or rejected: '
            when former_revision is null then 'Came in: '
            when revision < former_revision then 'Correction taken back: '
            else 'Corrected: '
        end as change
    from versions
    where revision is distinct from former_revision
    union all
    select
        publication_no,
        kind,
        delivery_key,
        revision,
        'Replaced in place: ' as change
    from replaced
),

changed as (
    select
        differing.publication_no,
        differing.kind,
        {{ sender_in_key('differing.delivery_key') }} as unit_code,
        case when kinds.cadence = 'monthly' then {{ month_in_key('differing.delivery_key') }} end as period_month,
        case when kinds.cadence = 'yearly' then replace(differing.delivery_key, '-', '/') end as target_year,
        concat(
            differing.change,
            differing.kind, '_', differing.delivery_key,
            case when differing.revision > 1 then concat('_r', cast(differing.revision as string)) else '' end
        ) as told
    from differing
    inner join {{ ref('delivery_kinds') }} as kinds
        on differing.kind = kinds.kind
),

final as (
    select
        changed.publication_no,
        changed.kind,
        units.area_code,
        coalesce(changed.target_year, months.performance_year) as performance_year,
        changed.period_month,
        changed.told
    from changed
    left join units
        on changed.unit_code = units.unit_code
    left join months
        on changed.period_month = months.period_month
)

select * from final
