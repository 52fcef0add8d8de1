select
    counts.inspection_id,
    counts.item as need,
    needs.display_order,
    counts.base as sampled_cases,
    counts.numerator as cases,
    cast(counts.numerator as double) / counts.base as share,
    counts.better_cases,
    counts.same_cases,
    counts.worse_cases
from {{ ref('int_inspection__need_count') }} as counts
inner join {{ ref('needs') }} as needs
    on counts.item = needs.need
where counts.sample_group = 'all'
