-- Which inspections a pool is of is no figure of anyone.
select * from {{ ref('cnt_pool_inspection') }}
