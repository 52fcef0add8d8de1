with figures as (
    select
        area.region,
        figure.performance_year,
        month(figure.period_month) as month_no,
        case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
        round(max(figure.region_scaled_value) * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as value
    from marts.fct_performance_month as figure
    inner join marts.dim_area as area using (area_code)
    inner join marts.dim_measure as measure using (measure_code)
    where
        figure.measure_code = getvariable('measure_code')
        and figure.performance_year in (
            select distinct performance_year from marts.fct_performance_month order by performance_year desc limit 3
        )
    group by area.region, figure.performance_year, month(figure.period_month), measure.unit
)

select
    region,
    printed_unit,
    performance_year,
    any_value(value) filter (where month_no = 4) as apr,
    any_value(value) filter (where month_no = 5) as may,
    any_value(value) filter (where month_no = 6) as jun,
    any_value(value) filter (where month_no = 7) as jul,
    any_value(value) filter (where month_no = 8) as aug,
    any_value(value) filter (where month_no = 9) as sep,
    any_value(value) filter (where month_no = 10) as oct,
    any_value(value) filter (where month_no = 11) as nov,
    any_value(value) filter (where month_no = 12) as dec,
    any_value(value) filter (where month_no = 1) as jan,
    any_value(value) filter (where month_no = 2) as feb,
    any_value(value) filter (where month_no = 3) as mar
from figures
group by region, printed_unit, performance_year
order by region, performance_year
