select
    printed.printed_table,
    printed.item,
    printed.item_title,
    sample_group.sample_group,
    sample_group.sample_group_title,
    printed.unit,
    printed.printed_value,
    printed.printed_numerator,
    printed.printed_base,
    printed.our_value, -- staff
    printed.our_numerator, -- staff
    printed.our_base, -- staff
    printed.status, -- staff
    printed.note, -- staff
    printed.source || ' (source ' || printed.source_document || ', line ' || printed.source_lines || ')' as source
from marts.fct_printed_figure as printed
left join marts.dim_sample_group as sample_group using (sample_group)
where printed.inspection_id = getvariable('inspection_id') and printed.unit <> 'words'
order by printed.printed_table, printed.item_title, sample_group.display_order, printed.unit
