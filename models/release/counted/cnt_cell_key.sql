-- The cell keys that flows/release/figures.py finds rows of the table of noise for. It is told nothing else.
select cell_key from {{ ref('cnt_case_cell') }}
union
select cell_key from {{ ref('cnt_return_cell') }}
union
select cell_key from {{ ref('cnt_question_cell') }}
union
select cell_key from {{ ref('cnt_pool_cell') }}
