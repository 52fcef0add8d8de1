{# Select of the control limits of funnels: the smallest count whose cumulative binomial probability reaches a tail, to
   twelve decimals, so that none hangs on the last bits, over the number of trials. Logarithms, because powers of a large
   sample vanish. trials: a relation with the keys, `trials` (bigint) and the `chance` that each succeeds, between 0 and 1. #}
{% macro binomial_limits(trials, keys) -%}
with counted as (
    select
        trials,
        {{ each_number('cast(0 as bigint)', 'trials') }} as successes
    from {{ trials }}
    group by trials
),

ways as (
    select
        *,
        sum(case when successes = 0 then cast(0 as double) else ln(trials - successes + 1) - ln(successes) end) over (
            partition by trials
            order by successes
            rows between unbounded preceding and current row
        ) as log_ways
    from counted
),

cumulated as (
    select
        {% for key in keys %}
        tried.{{ key }},
        {% endfor %}
        tried.trials,
        ways.successes,
        round(sum(exp(
            ways.log_ways
            + ways.successes * ln(tried.chance)
            + (ways.trials - ways.successes) * ln(1 - tried.chance)
        )) over (
            partition by {% for key in keys %}tried.{{ key }}, {% endfor %}tried.trials
            order by ways.successes
            rows between unbounded preceding and current row
        ), 12) as probability
    from {{ trials }} as tried
    inner join ways
        on tried.trials = ways.trials
)

select
    {% for key in keys %}
    {{ key }},
    {% endfor %}
    trials,
    cast(min(successes) filter (where probability >= 0.025) as double) / trials as limit_95_low,
    cast(min(successes) filter (where probability >= 0.975) as double) / trials as limit_95_high,
    cast(min(successes) filter (where probability >= 0.001) as double) / trials as limit_998_low,
    cast(min(successes) filter (where probability >= 0.999) as double) / trials as limit_998_high
from cumulated
group by {{ keys | join(', ') }}, trials
{%- endmacro %}
