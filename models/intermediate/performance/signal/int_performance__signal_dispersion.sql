-- How much more the months of a base differ than by chance (statistics specification, Signals). Where it is above
-- 1, the quantiles of t over those of the normal distribution allow for its being a matter of chance itself.
with bases as (
    select * from {{ ref('int_performance__signal_base') }}
    where baseline_months >= {{ var('signal_fewest_months') }}
),

quantiles as (
    select * from {{ ref('t_quantiles') }}
),

measured as (
    select
        bases.*,
        power(quantiles.t_99875 / standard_normal.t_99875, 2) as inflation,
        bases.baseline_numerator / bases.baseline_denominator as proportion,
        bases.baseline_squares
        - bases.baseline_numerator * bases.baseline_numerator / bases.baseline_denominator as sum_of_squares
    from bases
    inner join quantiles
        on least(bases.baseline_months - 1, 201) = quantiles.degrees_of_freedom
    inner join quantiles as standard_normal
        on standard_normal.degrees_of_freedom = 201
),

compared as (
    select
        *,
        coalesce(
            sum_of_squares / nullif(proportion * (1 - proportion), 0) / (baseline_months - 1), 0
        ) as found_dispersion
    from measured
),

final as (
    select
        area_code,
        measure_code,
        signal_rule,
        period_month,
        judged_months,
        judged_numerator,
        judged_denominator,
        judged_pairs,
        baseline_months,
        baseline_numerator,
        baseline_denominator,
        case when round(found_dispersion, 9) > 1 then found_dispersion * inflation else 1.0 end as dispersion
    from compared
)

select * from final
