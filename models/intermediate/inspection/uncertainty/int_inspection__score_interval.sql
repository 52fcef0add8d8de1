-- The interval for the caseload is of the effective size divided by the share of the caseload that was not drawn, since
-- the variance and its floor are multiplied by that share.
{% set enough = "scores.reliability <> 'too few'" %}
{% set enough_within = 'scores.cases >= ' ~ var('fewest_interval_cases')
    ~ ' and round(scores.weight_on_too_few - ' ~ var('largest_weight_on_few') ~ ', 9) <= 0' %}
{% set intervals = [
    ('', enough, 'scores.n_eff', 'of_units.t_975'),
    ('within_', enough_within, 'scores.within_n_eff', 'of_cases.t_975'),
    ('caseload_', enough, 'scores.caseload_n_eff', 'of_units.t_975'),
] %}

with scores as (
    select
        *,
        case when is_pool then inspections else cases end as units,
        case
            when cases < caseload_cases and cases >= {{ var('smallest_sampled_share') }} * caseload_cases
                then n_eff / (1 - cast(cases as double) / caseload_cases)
        end as caseload_n_eff
    from {{ ref('int_inspection__score_precision') }}
),

quantiles as (
    select * from {{ ref('t_quantiles') }}
),

final as (
    select
        scores.inspection_id,
        scores.sample_group,
        scores.group_kind,
        scores.characteristic,
        scores.category,
        scores.framework_code,
        scores.level,
        scores.code,
        scores.cases,
        scores.scored_questions,
        scores.score,
        {{ score_pct('scores.score') }} as score_pct,
        scores.variance,
        sqrt(scores.variance) as standard_error,
        scores.variance_floor,
        scores.n_eff,
        {% for name, condition, size, quantile in intervals %}
        case when {{ condition }} then {{ score_end('low', size, quantile) }} end as {{ name }}ci_low,
        case when {{ condition }} then {{ score_end('high', size, quantile) }} end as {{ name }}ci_high,
        {% endfor %}
        sqrt(scores.within_variance) as within_standard_error,
        scores.caseload_cases,
        scores.weight_on_too_few,
        scores.weight_on_few,
        scores.reliability,
        scores.reliability_reason,
        scores.reliability = 'reliable' as is_reliable
    from scores
    left join quantiles as of_units
        on least(scores.units - 1, 201) = of_units.degrees_of_freedom
    left join quantiles as of_cases
        on least(scores.cases - 1, 201) = of_cases.degrees_of_freedom
)

select * from final
