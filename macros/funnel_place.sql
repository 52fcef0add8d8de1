{# Where a value is in its funnel: outside_95, outside_998, and both in words as funnel_place; all NULL without limits.
   limits: what has them, by the name that the query gives it. #}
{% macro funnel_place(value, limits) %}
{% set beyond = {
    95: value ~ ' < ' ~ limits ~ '.limit_95_low or ' ~ value ~ ' > ' ~ limits ~ '.limit_95_high',
    998: value ~ ' < ' ~ limits ~ '.limit_998_low or ' ~ value ~ ' > ' ~ limits ~ '.limit_998_high',
} %}
{{ beyond[95] }} as outside_95,
{{ beyond[998] }} as outside_998,
case
    when {{ beyond[998] }} then 'outside 99.8% limits'
    when {{ beyond[95] }} then 'outside 95% limits'
    when {{ limits }}.limit_95_low is not null then 'inside'
end as funnel_place
{%- endmacro %}
