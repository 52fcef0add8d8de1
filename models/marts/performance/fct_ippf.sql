-- The national figure of a count adds up all areas, so an area's count is no achievement against it.
with figures as (
    select * from {{ ref('int_performance__current_ippf') }}
    where missing_parent is null
),

metrics as (
    select * from {{ ref('ippf_metrics') }}
),

final as (
    select
        figures.area_code,
        figures.period_from,
        figures.period_to,
        figures.domain,
        figures.metric,
        metrics.print_order,
        metrics.direction,
        figures.actual,
        figures.target,
        {{ achievement('figures.actual', 'figures.target', 'metrics.direction') }} as target_achievement,
        figures.national,
        case
            when metrics.national_is = 'rate'
                then {{ achievement('figures.actual', 'figures.national', 'metrics.direction') }}
        end as national_achievement,
        figures.previous_year,
        figures.predicted,
        figures.difference,
        figures.significant = 'Yes' as significant,
        figures.is_percent,
        figures.ippf_grade,
        {% for figure in ['actual', 'target', 'national', 'previous_year', 'predicted', 'difference'] %}
        figures.printed_{{ figure }},
        {% endfor %}
        figures.printed_ippf_grade as printed_grade,
        figures.counts_towards_domain
    from figures
    left join metrics
        on figures.metric = metrics.metric
)

select * from final
