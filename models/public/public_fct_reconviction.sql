-- Of the whole samples and the themes. A group's counts and what all cases have beyond them must both hold, and so must
-- what a longer period adds to a shorter one.
{% set counts = ['cases', 'observed_cases', 'not_yet_observed_cases', 'reconvicted_cases'] %}

with outcomes as (
    select
        *,
        observed_cases - reconvicted_cases as not_reconvicted_cases
    from {{ ref('fct_reconviction') }}
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
        sample_groups.cases - outcomes.cases as cases_without,
        {% for count in counts + ['not_reconvicted_cases'] %}
        all_outcomes.{{ count }} - outcomes.{{ count }} as rest_{{ count }},
        {% endfor %}
        abs(outcomes.observed_cases - lag(outcomes.observed_cases) over shorter) as added_observed_cases,
        abs(outcomes.reconvicted_cases - lag(outcomes.reconvicted_cases) over shorter) as added_reconvicted_cases,
        abs(outcomes.not_reconvicted_cases - lag(outcomes.not_reconvicted_cases) over shorter)
            as added_not_reconvicted_cases
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
            and outcomes.months = all_outcomes.months
            and all_outcomes.sample_group = 'all'
            and sample_groups.is_of_main_sample
    window shorter as (partition by outcomes.inspection_id, outcomes.sample_group order by outcomes.months)
),

disclosed as (
    select
        *,
        is_group_suppressed or {{ too_small(counts + [
            'not_reconvicted_cases', 'cases_without', 'rest_cases', 'rest_observed_cases',
            'rest_not_yet_observed_cases', 'rest_reconvicted_cases', 'rest_not_reconvicted_cases',
            'added_observed_cases', 'added_reconvicted_cases', 'added_not_reconvicted_cases',
        ]) }} as is_suppressed
    from compared
),

final as (
    select
        inspection_id,
        sample_group,
        months,
        {% for count in counts %}
        {{ unless_suppressed(count) }} as {{ count }},
        {% endfor %}
        {{ unless_suppressed('reconvicted_share') }} as reconvicted_share,
        {{ unless_suppressed('ci_low') }} as ci_low,
        {{ unless_suppressed('ci_high') }} as ci_high,
        {{ figure_status('reconvicted_share', 'not_available') }} as figure_status
    from disclosed
)

select * from final
