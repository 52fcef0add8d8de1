-- Filled by flows/release/figures.py, because the second secret never enters SQL.
select
    cast(null as string) as cell_key,
    cast(null as int) as noise_row
where 1 = 0
