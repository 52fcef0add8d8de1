-- A denominator is compared with what the same sender gave for the measure before, and not with fixed bounds. Counts
-- scatter by their square root, so small ones must be further off.
{%- set earlier %}
    over (
        partition by area_code, measure_code
        order by period_month
        rows between {{ var('volume_months_before') }} preceding and 1 preceding
    )
{%- endset %}

with returned as (
    select * from {{ ref('int_performance__current_performance_return') }}
    where missing_parent is null and denominator is not null
),

compared as (
    select
        file_id,
        measure_code,
        denominator,
        avg(denominator) {{ earlier }} as usual_denominator,
        count(*) {{ earlier }} as months_before
    from returned
),

final as (
    select
        file_id,
        measure_code,
        denominator,
        usual_denominator,
        concat(
            'For ', measure_code, ' the denominator is ', cast(cast(round(denominator) as bigint) as string),
            ', where ', cast(cast(round(usual_denominator) as bigint) as string),
            ' was usual in the months before.'
        ) as told
    from compared
    where
        months_before >= {{ var('volume_fewest_months') }}
        and (
            denominator > usual_denominator * {{ var('volume_factor') }}
            or denominator * {{ var('volume_factor') }} < usual_denominator
        )
        and abs(denominator - usual_denominator)
        > {{ var('share_standard_errors') }} * sqrt(denominator + usual_denominator)
)

select * from final
