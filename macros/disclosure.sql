{# What may be shown to anyone (docs/disclosure.md). The thresholds are vars of dbt_project.yml. #}

{# Whether any of the counts of people is small enough to tell of persons; a NULL count is not. #}
{% macro too_small(counts) -%}
    ({% for count in counts -%}
    coalesce({{ count }} between {{ var('fewest_suppressed') }} and {{ var('most_suppressed') }}, false)
    {{- ' or ' if not loop.last }}
    {%- endfor %})
{%- endmacro %}

{# Secondary suppression: `suppressed`, or the next smallest part of a partition whose total is known, where the total
   would give the suppressed parts away: there is only one, they are too few people even together, or so few or so many
   that each must be at an end of what is suppressed. A part of nobody hides nothing. The arguments are columns;
   `tie` orders parts of equal size, so that two nights choose alike. #}
{% macro also_suppressed(partition, count, suppressed, tie) -%}
    {%- set within -%} over (partition by {{ partition }}) {%- endset -%}
    {%- set parts -%} sum(case when {{ suppressed }} then 1 else 0 end) {{ within }} {%- endset -%}
    {%- set people -%} sum(case when {{ suppressed }} then {{ count }} else 0 end) {{ within }} {%- endset -%}
    (
        {{ suppressed }}
        or (
            row_number() over (
                partition by {{ partition }}, {{ suppressed }} or {{ count }} = 0
                order by {{ count }}, {{ tie }}
            ) = 1
            and {{ count }} > 0
            and {{ parts }} > 0
            and (
                {{ parts }} = 1
                or {{ people }} <= {{ var('most_suppressed') }}
                or {{ people }} in (
                    {{ parts }} * {{ var('fewest_suppressed') }}, {{ parts }} * {{ var('most_suppressed') }}
                )
            )
        )
    )
{%- endmacro %}

{# Whether a pooled figure would give away areas suppressed in it, as the pool less the areas shown is what they come to:
   where they are one or two. Of the whole country two decimals leave that open by a hundredth of its `denominator`, which
   is enough where it is more than a small count; an area is in several smaller pools, which together would leave less.
   `pool` is a window. #}
{% macro gives_areas_away(suppressed, pool, denominator=none) -%}
    sum(case when {{ suppressed }} then 1 else 0 end) over {{ pool }} in (1, 2)
    {%- if denominator %}
    and coalesce(sum({{ denominator }}) over {{ pool }} / 100 <= {{ var('most_suppressed') }}, true)
    {%- endif %}
{%- endmacro %}

{# A figure of a row that may be suppressed: the row says so in `is_suppressed`. #}
{% macro unless_suppressed(figure, suppressed='is_suppressed') -%}
    case when not {{ suppressed }} then {{ figure }} end
{%- endmacro %}

{# Why a figure is NULL: it is suppressed, or `missing` where it does not exist anyway. #}
{% macro figure_status(figure, missing, suppressed='is_suppressed') -%}
    case
        when {{ suppressed }} then 'suppressed'
        when {{ figure }} is null then '{{ missing }}'
        else 'shown'
    end
{%- endmacro %}

{# A proportion, interval or difference to the whole per cent, as reports print scores: counts cannot be told from it. #}
{% macro whole_percent(proportion) -%}
    floor(round({{ proportion }} * 100, 9) + 0.5) / 100
{%- endmacro %}

{# The figures of a score as every public table of scores has them, from the CTEs `scores` and `disclosure`. #}
{% macro public_score() -%}
    {{ unless_suppressed('scores.cases', 'is_count_suppressed') }} as cases,
    {{ figure_status('scores.cases', 'not_applicable', 'is_count_suppressed') }} as cases_status,
    {{ unless_suppressed('scores.scored_questions') }} as scored_questions,
    {{ unless_suppressed(whole_percent('scores.score')) }} as score,
    {{ unless_suppressed('scores.score_pct') }} as score_pct,
    {{ unless_suppressed(whole_percent('scores.standard_error')) }} as standard_error,
    {{ unless_suppressed(whole_percent('scores.ci_low')) }} as ci_low,
    {{ unless_suppressed(whole_percent('scores.ci_high')) }} as ci_high,
    {{ unless_suppressed('scores.is_reliable') }} as is_reliable
{%- endmacro %}

{# Of which cases an equality figure is: a measure's own, or all. Those at high risk are ROH_TIME's own. #}
{% macro cases_of_measure() -%}
    case
        when measure_code in ('ENF', 'PPO_TIME') then measure_code
        when measure_code = 'ROH_TIME' and characteristic <> 'risk_of_harm' then measure_code
        else 'all'
    end
{%- endmacro %}
