-- Whether an area differs from the others by more than chance: were all alike, its people would be drawn from those of
-- all areas together, and the number who succeed would be hypergeometric. Exact, because many areas count few people.
with figures as (
    select * from {{ ref('int_performance__area_figure') }}
),

drawn as (
    select
        *,
        row_number() over (order by area_code, measure_code) as number,
        greatest(0, trials - (all_trials - all_successes)) as fewest,
        least(trials, all_successes) as most,
        cast(-all_successes as double) as concentration_above,
        cast(all_successes - all_trials as double) as concentration_below,
        cast(trials as double) * all_successes / all_trials as mean,
        coalesce(sqrt(
            cast(trials as double) * all_successes / all_trials * (all_trials - all_successes) / all_trials
            * (all_trials - trials) / nullif(all_trials - 1, 0)
        ), 0) as standard_deviation
    from figures
    where trials >= {{ var('fewest_reliable_cases') }}
),

chances as (
    {{ count_chances('drawn') }}
),

valued as (
    select
        figures.area_code,
        figures.measure_code,
        case
            when drawn.number is null then null
            -- Further away than any count that a chance was reckoned for.
            when chances.number is null then 0.0
            else least(1.0, 2 * least(chances.at_most, chances.at_least))
        end as p_value
    from figures
    left join drawn
        on
            figures.area_code = drawn.area_code
            and figures.measure_code = drawn.measure_code
    left join chances
        on
            drawn.number = chances.number
            and drawn.successes = chances.successes
),

final as (
    {{ benjamini_hochberg('valued', 'measure_code') }}
)

select
    area_code,
    measure_code,
    p_value,
    q_value,
    beyond_chance
from final
