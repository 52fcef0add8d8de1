-- Why a figure was revised, as far as deliveries tell: a change of what was counted, or of its target.
with revisions as (
    select * from {{ ref('int_performance__revision') }}
),

changes as (
    select * from {{ ref('int_performance__delivery_change') }}
),

measures as (
    select * from {{ ref('measures') }}
),

final as (
    select
        revisions.area_code,
        revisions.measure_code,
        revisions.performance_year,
        revisions.period_month,
        revisions.revision_no,
        {{ concat_in_order("concat(changes.told, '. ')") }} as told
    from revisions
    inner join measures
        on revisions.measure_code = measures.measure_code
    inner join changes
        on
            revisions.publication_no = changes.publication_no
            and revisions.performance_year = changes.performance_year
    where
        (
            changes.kind = measures.derived_from
            and changes.area_code = revisions.area_code
            and changes.period_month <= revisions.period_month
            and (revisions.numerator_differs or revisions.denominator_differs)
        )
        -- The target of a count is its denominator.
        or (
            changes.kind = 'performance_target'
            and (revisions.target_differs or (measures.unit = 'count_vs_target' and revisions.denominator_differs))
        )
    group by
        revisions.area_code,
        revisions.measure_code,
        revisions.performance_year,
        revisions.period_month,
        revisions.revision_no
)

select * from final
