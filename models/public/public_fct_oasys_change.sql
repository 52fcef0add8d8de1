-- Of the whole samples and the themes; a group's counts and what all cases have beyond them must both hold.
{% set counts = ['scored_cases', 'rescored_cases', 'improved_cases'] %}

with outcomes as (
    select * from {{ ref('fct_oasys_change') }}
),

sample_groups as (
    select * from {{ ref('int_disclosure__sample_group') }}
),

pooled_groups as (
    select * from {{ ref('sample_groups') }}
    where is_pooled = 1
),

compared as (
    select
        outcomes.*,
        sample_groups.is_suppressed as is_group_suppressed,
        {% for count in counts %}
        all_outcomes.{{ count }} - outcomes.{{ count }} as rest_{{ count }},
        {% endfor %}
        sample_groups.cases - outcomes.scored_cases as cases_without
    from outcomes
    inner join pooled_groups
        on outcomes.sample_group = pooled_groups.sample_group
    inner join sample_groups
        on
            outcomes.inspection_id = sample_groups.inspection_id
            and outcomes.sample_group = sample_groups.sample_group
    left join outcomes as all_outcomes
        on
            outcomes.inspection_id = all_outcomes.inspection_id
            and all_outcomes.sample_group = 'all'
            and sample_groups.is_of_main_sample
),

disclosed as (
    select
        *,
        is_group_suppressed or {{ too_small(counts + [
            'cases_without', 'scored_cases - rescored_cases', 'rescored_cases - improved_cases', 'rest_scored_cases',
            'rest_rescored_cases', 'rest_improved_cases', 'rest_scored_cases - rest_rescored_cases',
            'rest_rescored_cases - rest_improved_cases',
        ]) }} as is_suppressed
    from compared
),

final as (
    select
        inspection_id,
        sample_group,
        {% for count in counts %}
        {{ unless_suppressed(count) }} as {{ count }},
        {% endfor %}
        {% for share in ['rescored', 'improved'] %}
        {{ unless_suppressed(share ~ '_share') }} as {{ share }}_share,
        {{ unless_suppressed(share ~ '_ci_low') }} as {{ share }}_ci_low,
        {{ unless_suppressed(share ~ '_ci_high') }} as {{ share }}_ci_high,
        {% endfor %}
        {{ unless_suppressed('round(mean_change, 1)') }} as mean_change,
        {{ unless_suppressed('round(standard_error, 1)') }} as standard_error,
        {{ figure_status('mean_change', 'not_available') }} as figure_status
    from disclosed
)

select * from final
