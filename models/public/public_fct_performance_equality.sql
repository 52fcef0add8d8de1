{{ config(alias='fct_performance_equality') }}
-- The nation by programme year, each group beside all cases.

with counts as (
    select * from {{ ref('public_fct_published_count') }}
    where characteristic <> 'none'
),

measures as (
    select * from {{ ref('measures') }}
),

nation as (
    select * from {{ ref('public_fct_performance_period') }}
    where pool = 'nation' and period = 'to_date'
),

shared as (
    select
        counts.*,
        counts.base - counts.side as kept,
        counts.base / measures.base_for_one_person as people,
        measures.denominator_counts_people = 1 as counts_people,
        {{ published_share('(counts.base - counts.side)', 'counts.base') }} as share
    from counts
    inner join measures
        on counts.measure_code = measures.measure_code
),

stated as (
    select
        *,
        {{ share_status('people', 'share') }} as figure_status
    from shared
),

shown as (
    select
        *,
        case when figure_status in ('shown', 'rough') then kept end as numerator,
        case when figure_status in ('shown', 'rough') and counts_people then base end as trials,
        case when figure_status in ('shown', 'rough') then share end as value
    from stated
),

fresh as (
    select
        shown.measure_code,
        shown.performance_year,
        shown.period_month,
        shown.characteristic,
        shown.category,
        shown.numerator,
        shown.base as denominator,
        shown.value,
        {{ wilson_low('shown.numerator', 'shown.trials') }} as ci_low,
        {{ wilson_high('shown.numerator', 'shown.trials') }} as ci_high,
        nation.value as national_value,
        shown.value - nation.value as difference,
        shown.figure_status
    from shown
    left join nation
        on
            shown.measure_code = nation.measure_code
            and shown.period_month = nation.period_month
),

final as (
    {{ frozen('fresh', ['measure_code', 'performance_year', 'characteristic', 'category']) }}
)

select * from final
