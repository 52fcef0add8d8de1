-- Between which counts a distribution lies unless chance gives a count, or a worse one, at most once in 800 times
-- on its side (var signal_tail); and how likely that is for the count that came, 0 for one too far off to be
-- reckoned. A distribution that is known is not reckoned again: most months of a history are what they were.
{{ config(materialized='incremental', incremental_strategy='append') }}

{% set tail = var('signal_tail') %}

with predictions as (
    select * from {{ ref('int_performance__signal_prediction') }}
),

wanted as (
    select distinct
        trials,
        successes,
        concentration_above,
        concentration_below
    from predictions
    {% if is_incremental() %}
    where not exists (
        select 1 from {{ this }} as known
        where
            known.trials = predictions.trials
            and known.successes = predictions.successes
            and known.concentration_above = predictions.concentration_above
            and known.concentration_below = predictions.concentration_below
    )
    {% endif %}
),

numbered as (
    select
        *,
        row_number() over (order by trials, successes, concentration_above, concentration_below) as number,
        cast(0 as bigint) as fewest,
        trials as most,
        trials * concentration_above / (concentration_above + concentration_below) as mean,
        sqrt(
            trials * concentration_above * concentration_below
            * (concentration_above + concentration_below + trials) / (concentration_above + concentration_below + 1)
        ) / (concentration_above + concentration_below) as standard_deviation
    from wanted
),

chances as (
    {{ count_chances('numbered') }}
),

final as (
    select
        numbered.trials,
        numbered.successes,
        numbered.concentration_above,
        numbered.concentration_below,
        min(chances.successes) filter (where chances.at_most > {{ tail }}) as fewest_inside,
        max(chances.successes) filter (where chances.at_least > {{ tail }}) as most_inside,
        coalesce(max(chances.at_most) filter (where chances.at_most <= {{ tail }}), 0.0)
        + coalesce(max(chances.at_least) filter (where chances.at_least <= {{ tail }}), 0.0) as false_signal_chance,
        coalesce(
            max(least(chances.at_most, chances.at_least)) filter (where chances.successes = numbered.successes), 0.0
        ) as chance
    from numbered
    inner join chances
        on numbered.number = chances.number
    group by
        numbered.trials,
        numbered.successes,
        numbered.concentration_above,
        numbered.concentration_below
)

select * from final
