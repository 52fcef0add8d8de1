-- Counts of performance with noise, base and one side; a base known by design is rounded, a group's noisy and rounded.
with noisy as (
    {{ with_noise('cnt_case_cell') }}
    union all
    {{ with_noise('cnt_return_cell') }}
),

measures as (
    select * from {{ ref('measures') }}
),

periods as (
    select * from {{ ref('cnt_period') }}
),

published as (
    select
        noisy.*,
        measures.perturbed_side as side_is,
        case
            when noisy.part = 'base' and measures.unit = 'count_vs_target' then 'target'
            when noisy.part = 'base' and measures.base_rounded_to is null then 'perturbed'
            when noisy.part = 'base' and noisy.characteristic = 'none' then 'rounded'
            when noisy.part = 'base' then 'perturbed and rounded'
        end as base_is,
        {{ noise_in_steps('noisy.amount', 'noisy.noise', 'measures.noise_factor') }} as with_noise,
        coalesce(measures.base_rounded_to, 1) as rounded_to
    from noisy
    inner join measures
        on noisy.measure_code = measures.measure_code
),

cells as (
    select
        measure_code,
        pool_code,
        period,
        period_month,
        characteristic,
        category,
        side_is,
        max(base_is) as base_is,
        max(case base_is
            when 'target' then amount
            when 'perturbed' then with_noise
            when 'rounded' then {{ to_multiple('amount', 'rounded_to') }}
            when 'perturbed and rounded' then {{ to_multiple('with_noise', 'rounded_to') }}
        end) as base,
        max(case when part = 'side' then with_noise end) as side
    from published
    group by measure_code, pool_code, period, period_month, characteristic, category, side_is
),

final as (
    select
        cells.*,
        periods.pool,
        periods.performance_year,
        periods.first_month,
        periods.area_months_in,
        periods.area_months
    from cells
    inner join periods
        on
            cells.measure_code = periods.measure_code
            and cells.pool_code = periods.pool_code
            and cells.period = periods.period
            and cells.period_month = periods.period_month
            and (cells.characteristic <> 'none') = periods.is_by_group
)

select * from final
