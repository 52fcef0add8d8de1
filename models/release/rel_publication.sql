-- Filled by flows/release/figures.py: when the publication was made that the release is cut from.
select cast(null as date) as business_date
where 1 = 0
