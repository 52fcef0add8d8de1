-- Filled by flows/release/figures.py, because the secret never enters SQL.
select
    cast(null as string) as case_key,
    cast(null as string) as period,
    cast(null as bigint) as record_key
where 1 = 0
