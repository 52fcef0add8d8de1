with figures as (
    select * from {{ ref('int_performance__value') }}
    where period in ('month', 'to_date')
),

final as (
    select
        case
            when pool_code = 'ENW' then 'nation'
            when pool_code like 'region:%' then 'region'
            else 'family group'
        end as pool,
        case
            when pool_code = 'ENW' then 'England and Wales'
            else substr(pool_code, position(':' in pool_code) + 1)
        end as pool_name,
        measure_code,
        performance_year,
        period,
        period_month,
        numerator,
        denominator,
        value,
        people,
        ci_low,
        ci_high,
        scaled_value,
        months_in,
        {{ figure_status('value', 'not_available', 'denominator') }} as figure_status
    from figures
    where pool_code = 'ENW' or pool_code like 'region:%' or pool_code like 'family:%'
)

select * from final
