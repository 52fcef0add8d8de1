with revisions as (
    select * from {{ ref('int_performance__revision') }}
),

publications as (
    select * from {{ ref('int_performance__publication') }}
),

causes as (
    select * from {{ ref('int_performance__revision_cause') }}
),

final as (
    select
        revisions.area_code,
        revisions.measure_code,
        revisions.performance_year,
        revisions.period_month,
        revisions.revision_no,
        publications.business_date as revised_on,
        earlier.run_id as before_run_id,
        earlier.business_date as before_published_on,
        revisions.former_numerator as before_numerator,
        revisions.former_denominator as before_denominator,
        revisions.former_value as before_value,
        revisions.former_target as before_target,
        revisions.former_status as before_status,
        revisions.numerator as after_numerator,
        revisions.denominator as after_denominator,
        revisions.value as after_value,
        revisions.target as after_target,
        revisions.status as after_status,
        revisions.value - revisions.former_value as change,
        coalesce(trim(causes.told), 'No delivery behind it changed: the rules did.') as cause
    from revisions
    inner join publications
        on revisions.publication_no = publications.publication_no
    inner join publications as earlier
        on revisions.publication_no = earlier.publication_no + 1
    left join causes
        on
            revisions.area_code = causes.area_code
            and revisions.measure_code = causes.measure_code
            and revisions.performance_year = causes.performance_year
            and revisions.period_month = causes.period_month
            and revisions.revision_no = causes.revision_no
)

select * from final
