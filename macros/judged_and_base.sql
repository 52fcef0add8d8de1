{# Select of the rows of `months` (area_code, measure_code, month_number, numerator, denominator) with sums over the last
   `length` months, which are judged together, and over the months of the base before them. Squares over denominators give
   the chi-square of the base; pairs are twice the pairs of people of one month. #}
{% macro judged_and_base(months, rule, length) -%}
{%- set terms = {
    'numerator': 'numerator',
    'denominator': 'denominator',
    'squares': 'numerator * numerator / denominator',
    'pairs': 'denominator * (denominator - 1)',
} -%}
select
    *,
    '{{ rule }}' as signal_rule,
    {{ length }} as months_of_rule,
    min(period_month) over baseline_of_{{ length }} as baseline_from,
    {% for window in ['judged', 'baseline'] %}
    {% for name, term in terms.items() %}
    cast(sum(cast({{ term }} as decimal(38, 18))) over {{ window }}_of_{{ length }} as double) as {{ window }}_{{ name }},
    {% endfor %}
    cast(count(*) over {{ window }}_of_{{ length }} as int) as {{ window }}_months{{ ',' if not loop.last }}
    {% endfor %}
from {{ months }}
window judged_of_{{ length }} as (
    partition by area_code, measure_code
    order by month_number
    range between {{ length - 1 }} preceding and current row
),
baseline_of_{{ length }} as (
    partition by area_code, measure_code
    order by month_number
    range between {{ var('signal_baseline_months') + length - 1 }} preceding and {{ length }} preceding
)
{%- endmacro %}
