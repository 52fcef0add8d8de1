-- Between which counts what is judged lies unless chance gives it, or worse, at most once in 800 times on its side (var
-- signal_tail); and how likely that is for the count that came, 0 for one too far off to be reckoned.
{% set tail = var('signal_tail') %}

with predictions as (
    select * from {{ ref('int_performance__signal_prediction') }}
),

chances as (
    {{ count_chances('predictions') }}
),

limits as (
    select
        chances.number,
        min(chances.successes) filter (where chances.at_most > {{ tail }}) as fewest_inside,
        max(chances.successes) filter (where chances.at_least > {{ tail }}) as most_inside,
        coalesce(max(chances.at_most) filter (where chances.at_most <= {{ tail }}), 0.0) as chance_below,
        coalesce(max(chances.at_least) filter (where chances.at_least <= {{ tail }}), 0.0) as chance_above,
        max(least(chances.at_most, chances.at_least)) filter (where chances.successes = predictions.successes) as chance
    from chances
    inner join predictions
        on chances.number = predictions.number
    group by chances.number
),

final as (
    select
        predictions.area_code,
        predictions.measure_code,
        predictions.signal_rule,
        predictions.period_month,
        predictions.dispersion,
        predictions.centre,
        limits.fewest_inside / cast(nullif(predictions.trials, 0) as double) as lower_limit,
        limits.most_inside / cast(nullif(predictions.trials, 0) as double) as upper_limit,
        predictions.successes < limits.fewest_inside as is_below,
        predictions.successes > limits.most_inside as is_above,
        coalesce(limits.chance, 0.0) as chance,
        limits.chance_below + limits.chance_above as false_signal_chance
    from predictions
    inner join limits
        on predictions.number = limits.number
)

select * from final
