{# Select of the chance of each count or fewer (at_most) and of it or more (at_least), by `number` of the distribution, among
   counts near the mean: beyond seven standard deviations (ten where a or b is below 30) and ten next to nothing lies, unless the distribution is piled up at
   an end (a or b below 1). counts: a relation with `number`, unique; `trials`, `fewest` and `most` (whole numbers: the counts
   that are possible); `concentration_above` and `concentration_below` (a and b of the beta-binomial distribution); `mean` and
   `standard_deviation`. With a = -Y and b = Y - N it is the hypergeometric distribution of trials drawn from N of which Y
   succeed. A chance is the chance before it times the ratio of neighbours (trials - k) (a + k) / ((k + 1) (b + trials - k -
   1)), so no gamma function is needed; logarithms, because products of thousands vanish. #}
{% macro count_chances(counts) -%}
with reached as (
    select
        *,
        least(abs(concentration_above), abs(concentration_below)) as concentration
    from {{ counts }}
),

ranged as (
    select
        *,
        case
            when concentration < 1 then trials
            when concentration < 30 then 10 * standard_deviation + 10
            else 7 * standard_deviation + 10
        end as reach
    from reached
),

possible as (
    select
        number,
        trials,
        concentration_above,
        concentration_below,
        cast(greatest(fewest, floor(mean - reach)) as bigint) as first_count,
        {{ each_number(
            'cast(greatest(fewest, floor(mean - reach)) as bigint)',
            'cast(least(most, ceil(mean + reach)) as bigint)'
        ) }} as successes
    from ranged
),

compared as (
    select
        number,
        successes,
        case
            when successes = first_count then 0.0
            else ln(
                (trials - successes + 1) * (concentration_above + successes - 1)
                / (successes * (concentration_below + trials - successes))
            )
        end as log_ratio
    from possible
),

multiplied as (
    select
        number,
        successes,
        sum(log_ratio) over (
            partition by number order by successes rows between unbounded preceding and current row
        ) as log_weight
    from compared
),

weighed as (
    select
        number,
        successes,
        exp(log_weight - max(log_weight) over (partition by number)) as weight
    from multiplied
),

cumulated as (
    select
        *,
        sum(weight) over (partition by number) as total,
        sum(weight) over (
            partition by number order by successes rows between unbounded preceding and current row
        ) as weight_up_to
    from weighed
)

select
    number,
    successes,
    round(weight_up_to / total, 12) as at_most,
    round(1 - (weight_up_to - weight) / total, 12) as at_least
from cumulated
{%- endmacro %}
