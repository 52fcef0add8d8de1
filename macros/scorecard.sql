{# The score of each unit at a month, from what it earns on each measure: the weights of the measures that count are
   rescaled, divided by their sum. A unit with nothing to score has no row. #}
{% macro scorecard_score(measures) %}
    select
        performance_year,
        period_month,
        unit_code,
        unit_name,
        area_code,
        {{ exact_sum('weight * capped_achievement') }}
        / {{ exact_sum('case when missing_because is null then weight end') }} as score,
        cast(count(capped_achievement) as int) as measures_counted,
        cast(count(missing_because) as int) as measures_missing,
        cast(count(status) as int) as measures_compared,
        cast(count(case when status = 'met' then 1 end) as int) as measures_met,
        cast(count(case when missing_because is null and months_in < months_due then 1 end) as int)
            as measures_short_of_months
    from {{ measures }}
    group by
        performance_year,
        period_month,
        unit_code,
        unit_name,
        area_code
    having count(capped_achievement) > 0
{% endmacro %}

{# Scores with their ranks, 1, 1, 3: units share a rank where their scores differ by no more than binary noise. #}
{% macro scorecard_rank(scores) %}
    select
        *,
        cast(max(case when place = 1 or score_above - score > {{ var('float_tolerance') }} then place end) over (
            partition by period_month order by place rows between unbounded preceding and current row
        ) as int) as score_rank,
        cast(count(*) over (partition by period_month) as int) as units_ranked
    from (
        select
            *,
            row_number() over (partition by period_month order by score desc, unit_code asc) as place,
            lag(score) over (partition by period_month order by score desc, unit_code asc) as score_above
        from {{ scores }}
    ) as placed
{% endmacro %}

{# What a measure earns: its achievement up to the cap; all of it where lower is better and nothing happened. #}
{% macro capped_achievement(achievement, scaled_value, direction, cap) -%}
    case
        when {{ achievement }} is null then null
        when {{ direction }} = 'lower' and {{ scaled_value }} = 0 then {{ cap }}
        else least({{ achievement }}, {{ cap }})
    end
{%- endmacro %}
