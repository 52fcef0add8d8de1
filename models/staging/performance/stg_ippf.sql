-- A figure is delivered as 92%, as 23.5 or as a word: the number keeps the size it was written in, is_percent says
-- which, and what was printed stays beside it.
{% set figures = ['actual', 'target', 'national', 'previous_year', 'predicted', 'difference'] %}

select
    file_id,
    row_number,
    area_code,
    cast(period_from as date) as period_from,
    cast(period_to as date) as period_to,
    domain,
    metric,
    {% for figure in figures %}
    {{ printed_number(figure) }} as {{ figure }},
    {{ figure }} as printed_{{ figure }},
    {% endfor %}
    instr(concat_ws(' ', {{ figures | join(', ') }}), '%') > 0 as is_percent,
    cast({{ printed_number('ippf_grade') }} as int) as ippf_grade,
    ippf_grade as printed_grade,
    counts_towards_domain = '1' as counts_towards_domain,
    significant
from {{ source('raw', 'ippf') }} as delivered
where {{ is_not_set_aside() }} and {{ names_no_case() }}
