-- The beta-binomial distribution of what is judged, were it like its base (statistics specification, Signals). A
-- stock is the same people month after month: its months are averaged and not added. The months of a pool vary
-- apart from each other, so that people of one month go together and those of two months do not.
with bases as (
    select * from {{ ref('int_performance__signal_dispersion') }}
),

measures as (
    select * from {{ ref('measures') }}
),

correlated as (
    select
        bases.*,
        case when measures.is_stock = 1 then bases.judged_months else 1 end as judged_times,
        case when measures.is_stock = 1 then bases.baseline_months else 1 end as baseline_times,
        case
            when bases.baseline_denominator > bases.baseline_months
                then least((bases.dispersion - 1) / (bases.baseline_denominator / bases.baseline_months - 1), 0.99)
            else 0.0
        end
        * case
            when measures.is_stock = 1 or bases.judged_denominator <= 1 then 1.0
            else bases.judged_pairs / (bases.judged_denominator * (bases.judged_denominator - 1))
        end as correlation
    from bases
    inner join measures
        on bases.measure_code = measures.measure_code
),

counted as (
    select
        *,
        cast({{ half_up('judged_numerator / judged_times') }} as bigint) as successes,
        cast({{ half_up('judged_denominator / judged_times') }} as bigint) as trials,
        (baseline_numerator / baseline_times + 0.5) / (baseline_denominator / baseline_times + 1) as centre,
        correlation + (1 - correlation) * dispersion / (baseline_denominator / baseline_times + 2) as spread
    from correlated
),

final as (
    select
        area_code,
        measure_code,
        signal_rule,
        period_month,
        successes,
        trials,
        dispersion,
        centre,
        centre * (1 / spread - 1) as concentration_above,
        (1 - centre) * (1 / spread - 1) as concentration_below
    from counted
)

select * from final
