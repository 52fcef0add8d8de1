-- Neither grade bands nor weights were published, so no grade of a domain or an area can be derived: each is listed
-- with what is known, and none is guessed (performance specification, IPPF).
with domains as (
    select * from {{ ref('int_performance__ippf_domain') }}
),

published as (
    select * from {{ ref('ippf_published_grades') }}
),

paired as (
    select
        coalesce(domains.area_code, published.area_code) as area_code,
        coalesce(domains.period_from, published.period_from) as period_from,
        coalesce(domains.period_to, published.period_to) as period_to,
        coalesce(domains.domain, published.domain) as domain,
        coalesce(domains.metrics_counted, 0) as metrics_counted,
        coalesce(domains.metrics_graded, 0) as metrics_graded,
        domains.lowest_grade,
        domains.highest_grade,
        published.published_grade,
        published.published_label,
        published.source as published_source
    from domains
    full outer join published
        on
            domains.area_code = published.area_code
            and domains.period_from = published.period_from
            and domains.period_to = published.period_to
            and domains.domain = published.domain
),

final as (
    select
        area_code,
        period_from,
        period_to,
        domain,
        case when domain = 'Area score' then 'area' else 'domain' end as level,
        metrics_counted,
        metrics_graded,
        lowest_grade,
        highest_grade,
        published_grade,
        published_label,
        published_source,
        'not derivable' as verdict,
        'The grade bands and the weights of metrics and domains were not published.' as reason
    from paired
)

select * from final
