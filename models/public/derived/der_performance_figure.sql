-- The value of published counts. A share of perturbed counts is a whole per cent, and not shown of few people.
with sums as (
    select * from {{ ref('der_performance_sum') }}
),

measures as (
    select * from {{ ref('measures') }}
),

based as (
    select
        sums.*,
        measures.unit,
        measures.direction,
        measures.public_as = 'perturbed' as is_perturbed,
        measures.public_as = 'perturbed' and measures.unit = 'proportion' as is_share,
        measures.numerator_counts_people + measures.denominator_counts_people = 2
        and measures.unit = 'proportion' as counts_people,
        sums.base / coalesce(measures.base_for_one_person, 1) as base_people,
        case when measures.unit = 'days_per_head' then sums.base / sums.months else sums.base end as denominator
    from sums
    inner join measures
        on sums.measure_code = measures.measure_code
),

shared as (
    select
        *,
        case
            when is_perturbed then {{ published_share('numerator', 'denominator') }}
            else numerator / nullif(denominator, 0)
        end as share
    from based
),

stated as (
    select
        *,
        case
            when share is null then 'not_applicable'
            when is_share then {{ share_status('base_people', 'share') }}
            else 'shown'
        end as figure_status
    from shared
),

final as (
    select
        measure_code,
        pool_code,
        pool,
        period,
        performance_year,
        first_month,
        period_month,
        months,
        direction,
        denominator,
        area_months_in,
        area_months,
        figure_status,
        not is_share or base_people >= {{ var('fewest_judged_people') }} as is_judged,
        case when figure_status in ('shown', 'rough') then numerator end as numerator,
        case when figure_status in ('shown', 'rough') then share end as value,
        case when figure_status in ('shown', 'rough') and counts_people then denominator end as people,
        case
            when figure_status not in ('shown', 'rough') then null
            when unit = 'days_per_head' then share * 12 / months
            else share
        end as scaled_value
    from stated
)

select * from final
