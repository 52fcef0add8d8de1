-- A view: millions of judgements pass through once, into the counts of their questions.
{{ config(materialized='view') }}

select
    inspection_id,
    case_key,
    question_code,
    answer,
    answer in ('excellent', 'sufficient', 'insufficient', 'poor') as is_relevant,
    answer in ('excellent', 'sufficient') as is_above_line
from {{ ref('int_inspection__current_judgement') }}
where missing_parent is null
