-- Filled by flows/release/figures.py: years revised by this release, and by those before.
select
    cast(null as string) as performance_year,
    cast(null as boolean) as is_revised_now
where 1 = 0
