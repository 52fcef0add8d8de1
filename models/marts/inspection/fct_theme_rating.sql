with members as (
    select * from {{ ref('int_inspection__current_theme') }}
    where missing_parent is null
),

ratings as (
    select * from {{ ref('fct_management_rating') }}
),

words as (
    {% for rating in ['rating', 'published_rating'] %}
    select
        members.theme_code,
        ratings.criterion_code,
        {{ 'ratings.rating' if rating == 'rating' else 'ratings.published_rating as rating' }},
        {{ 1 if rating == 'rating' else 0 }} as areas,
        {{ 1 if rating == 'published_rating' else 0 }} as published_areas
    from members
    inner join ratings
        on
            members.inspection_id = ratings.inspection_id
            and members.sample_group = ratings.sample_group
    where ratings.{{ rating }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        theme_code,
        criterion_code,
        rating,
        cast(sum(areas) as int) as areas,
        sum(published_areas) as published_areas
    from words
    group by theme_code, criterion_code, rating
),

final as (
    select
        theme_code,
        criterion_code,
        rating,
        areas,
        cast(
            case
                when sum(published_areas) over (partition by theme_code, criterion_code) > 0 then published_areas
            end as int
        ) as published_areas
    from counted
)

select * from final
