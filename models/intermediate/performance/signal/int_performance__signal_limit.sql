with predictions as (
    select * from {{ ref('int_performance__signal_prediction') }}
),

tails as (
    select * from {{ ref('int_performance__signal_tail') }}
),

final as (
    select
        predictions.area_code,
        predictions.measure_code,
        predictions.signal_rule,
        predictions.period_month,
        predictions.dispersion,
        predictions.centre,
        tails.fewest_inside / cast(nullif(predictions.trials, 0) as double) as lower_limit,
        tails.most_inside / cast(nullif(predictions.trials, 0) as double) as upper_limit,
        predictions.successes < tails.fewest_inside as is_below,
        predictions.successes > tails.most_inside as is_above,
        tails.chance,
        tails.false_signal_chance
    from predictions
    inner join tails
        on
            predictions.trials = tails.trials
            and predictions.successes = tails.successes
            and predictions.concentration_above = tails.concentration_above
            and predictions.concentration_below = tails.concentration_below
)

select * from final
