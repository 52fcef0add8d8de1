with words as (
    {% for rating in ['rating', 'published_rating'] %}
    select
        inspection_id,
        sample_group,
        {{ rating }} as rating,
        {{ 1 if rating == 'rating' else 0 }} as criteria,
        {{ 1 if rating == 'published_rating' else 0 }} as published_criteria
    from {{ ref('fct_management_rating') }}
    where {{ rating }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        inspection_id,
        sample_group,
        rating,
        cast(sum(criteria) as int) as criteria,
        sum(published_criteria) as published_criteria
    from words
    group by inspection_id, sample_group, rating
),

final as (
    select
        inspection_id,
        sample_group,
        rating,
        criteria,
        cast(
            case
                when sum(published_criteria) over (partition by inspection_id, sample_group) > 0 then published_criteria
            end as int
        ) as published_criteria
    from counted
)

select * from final
