-- A figure is delivered as 92%, as 23.5 or as a word: the number keeps the size it was written in, and is_percent says
-- which.
with delivered as (
    select
        *,
        instr(
            concat_ws(
                ' ', printed_actual, printed_target, printed_national,
                printed_previous_year, printed_predicted, printed_difference
            ),
            '%'
        ) > 0 as is_percent
    from {{ ref('stg_ippf') }}
),

{{ rows_of_free_key(['area_code', 'period_from', 'period_to', 'metric']) }}

select * from final
