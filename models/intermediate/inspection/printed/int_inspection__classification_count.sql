-- Cases of the main sample in each class of risk of harm, by manager and by inspector; a class that one of the two
-- never gave is 0. A share is of the cases that the same judge classified; that of unclear cases is of all.
with classified as (
    select
        classifications.inspection_id,
        classifications.risk_of_harm_manager,
        classifications.risk_of_harm_inspector
    from {{ ref('int_inspection__current_case_classification') }} as classifications
    inner join {{ ref('int_inspection__case') }} as cases
        on
            classifications.inspection_id = cases.inspection_id
            and classifications.case_key = cases.case_key
    where classifications.missing_parent is null and cases.sample = 'main'
),

votes as (
    {% for judge in ['manager', 'inspector'] %}
    select
        inspection_id,
        '{{ judge }}' as judge,
        risk_of_harm_{{ judge }} as risk_of_harm,
        case when risk_of_harm_manager = risk_of_harm_inspector then 1 else 0 end as is_agreed
    from classified
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

judges as (
    select distinct
        inspection_id,
        judge
    from votes
),

classes as (
    select distinct
        inspection_id,
        risk_of_harm
    from votes
),

counted as (
    select
        judges.inspection_id,
        judges.judge,
        classes.risk_of_harm,
        cast(count(votes.judge) as int) as cases,
        cast(coalesce(sum(votes.is_agreed), 0) as int) as agreed_cases
    from judges
    inner join classes
        on judges.inspection_id = classes.inspection_id
    left join votes
        on
            judges.inspection_id = votes.inspection_id
            and judges.judge = votes.judge
            and classes.risk_of_harm = votes.risk_of_harm
    group by judges.inspection_id, judges.judge, classes.risk_of_harm
),

totals as (
    select
        *,
        cast(sum(cases) over (partition by inspection_id, judge) as int) as classified_cases,
        cast(sum(case when risk_of_harm = 'unclear' then 0 else cases end) over (
            partition by inspection_id, judge
        ) as int) as clear_cases
    from counted
),

final as (
    select
        *,
        case when risk_of_harm = 'unclear' then classified_cases else clear_cases end as base
    from totals
)

select * from final
