select
    item,
    item_title,
    printed_words,
    our_words,
    status,
    source || ' (source ' || source_document || ', line ' || source_lines || ')' as source
from marts.fct_printed_figure
where inspection_id = getvariable('inspection_id') and unit = 'words'
order by item, sample_group
