with figures as (
    select
        figure.measure_code,
        measure_year.measure_title,
        case measure.unit when 'days_per_head' then 'days' else 'percent' end as printed_unit,
        figure.performance_year,
        month(figure.period_month) as month_no,
        round(figure.scaled_value * case measure.unit when 'days_per_head' then 1 else 100 end, 1) as value,
        figure.figure_status
    from marts.fct_performance_month as figure
    inner join marts.dim_measure as measure using (measure_code)
    inner join marts.dim_measure_year as measure_year using (measure_code, performance_year)
    where
        figure.area_code = getvariable('area_code')
        and figure.performance_year in (
            select distinct performance_year from marts.fct_performance_month order by performance_year desc limit 3
        )
)

select
    measure_code,
    measure_title,
    printed_unit,
    performance_year,
    any_value(value) filter (where month_no = 4) as apr,
    any_value(figure_status) filter (where month_no = 4) as apr_status,
    any_value(value) filter (where month_no = 5) as may,
    any_value(figure_status) filter (where month_no = 5) as may_status,
    any_value(value) filter (where month_no = 6) as jun,
    any_value(figure_status) filter (where month_no = 6) as jun_status,
    any_value(value) filter (where month_no = 7) as jul,
    any_value(figure_status) filter (where month_no = 7) as jul_status,
    any_value(value) filter (where month_no = 8) as aug,
    any_value(figure_status) filter (where month_no = 8) as aug_status,
    any_value(value) filter (where month_no = 9) as sep,
    any_value(figure_status) filter (where month_no = 9) as sep_status,
    any_value(value) filter (where month_no = 10) as oct,
    any_value(figure_status) filter (where month_no = 10) as oct_status,
    any_value(value) filter (where month_no = 11) as nov,
    any_value(figure_status) filter (where month_no = 11) as nov_status,
    any_value(value) filter (where month_no = 12) as dec,
    any_value(figure_status) filter (where month_no = 12) as dec_status,
    any_value(value) filter (where month_no = 1) as jan,
    any_value(figure_status) filter (where month_no = 1) as jan_status,
    any_value(value) filter (where month_no = 2) as feb,
    any_value(figure_status) filter (where month_no = 2) as feb_status,
    any_value(value) filter (where month_no = 3) as mar,
    any_value(figure_status) filter (where month_no = 3) as mar_status
from figures
group by measure_code, measure_title, printed_unit, performance_year
order by measure_title, measure_code, performance_year
