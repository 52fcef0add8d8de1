{{ config(alias='revision') }}
-- By them a figure is known to have been revised, which it is at most once.

select performance_year
from {{ ref('rel_revised_year') }}
