{# Written by `make contracts` from expectations/deliveries/ and seed measures: change those, not this file. #}

{# Each kind of delivery: its subject, and its columns as its raw table names them. #}
{% macro deliveries() %}
    {{ return([
        {'kind': 'area_profile', 'subject': 'performance', 'columns': ['area_code', 'as_at', 'population', 'density_per_sq_km', 'minority_ethnic_pct', 'recorded_crime_per_1000', 'violent_crime_per_1000', 'found_guilty_or_cautioned_per_100k', 'family_group', 'main_revenue_gbp_m', 'size_rank', 'scorecard_rank', 'scorecard_units', 'source']},
        {'kind': 'case_classification', 'subject': 'inspection', 'columns': ['inspection_id', 'case_key', 'risk_of_harm_manager', 'risk_of_harm_inspector']},
        {'kind': 'case_need', 'subject': 'inspection', 'columns': ['inspection_id', 'case_key', 'need', 'progress']},
        {'kind': 'case_outcome', 'subject': 'inspection', 'columns': ['inspection_id', 'case_key', 'oasys_start', 'oasys_latest', 'oasys_rescored_on', 'reconvicted_on', 'observed_to']},
        {'kind': 'case_sample', 'subject': 'inspection', 'columns': ['inspection_id', 'area_code', 'case_key', 'sample', 'order_type', 'requirements', 'commenced_on', 'sex', 'ethnicity', 'age_band', 'risk_of_harm', 'ppo', 'mappa_level', 'tier', 'oasys_alcohol', 'oasys_drugs', 'assessor_type', 'team_code']},
        {'kind': 'caseload', 'subject': 'performance', 'columns': ['area_code', 'year', 'table_title', 'item', 'value', 'unit']},
        {'kind': 'decision', 'subject': 'inspection', 'columns': ['inspection_id', 'decision', 'basis', 'decided_on', 'planned_for', 'plan_due_on', 'implementation_due_on']},
        {'kind': 'inspection', 'subject': 'inspection', 'columns': ['inspection_id', 'framework_code', 'area_code', 'inspection_title', 'fieldwork_from', 'fieldwork_to', 'published_on', 'follow_up_of', 'performance_year']},
        {'kind': 'ippf', 'subject': 'performance', 'columns': ['area_code', 'period_from', 'period_to', 'domain', 'metric', 'actual', 'target', 'national', 'previous_year', 'ippf_grade', 'counts_towards_domain', 'predicted', 'difference', 'significant']},
        {'kind': 'judgement', 'subject': 'inspection', 'columns': ['inspection_id', 'case_key', 'question_code', 'answer']},
        {'kind': 'management_evidence', 'subject': 'inspection', 'columns': ['inspection_id', 'sample_group', 'criterion_code', 'item_no', 'responsible', 'rating']},
        {'kind': 'nsmart', 'subject': 'performance', 'columns': ['area_code', 'data_period', 'record_no', 'case_key', 'order_type', 'commenced_on', 'risk_of_harm', 'ppo', 'sex', 'ethnicity', 'appts_required', 'appts_arranged', 'appts_kept', 'unacceptable_absences', 'allowed_to_continue', 'breach_required_on', 'breach_initiated_on', 'risk_assessment_on', 'risk_plan_on', 'sentence_plan_on', 'team_code']},
        {'kind': 'performance_return', 'subject': 'performance', 'columns': ['area_code', 'data_period', 'measure_code', 'numerator', 'denominator']},
        {'kind': 'performance_target', 'subject': 'performance', 'columns': ['performance_year', 'area_code', 'measure_code', 'target', 'direction', 'profile']},
        {'kind': 'published_score', 'subject': 'inspection', 'columns': ['inspection_id', 'sample_group', 'level', 'code', 'published_score_pct', 'published_rating', 'source', 'published_numerator', 'published_denominator', 'published_below']},
        {'kind': 'recommendation', 'subject': 'inspection', 'columns': ['inspection_id', 'recommendation_no', 'theme', 'criterion_code', 'addressed_to', 'due_on', 'status', 'status_on', 'part']},
        {'kind': 'score_adjustment', 'subject': 'inspection', 'columns': ['inspection_id', 'sample_group', 'criterion_code', 'adjusted_rating', 'reason', 'decided_by', 'decided_on']},
        {'kind': 'survey', 'subject': 'inspection', 'columns': ['inspection_id', 'respondent_group', 'survey_question', 'asked', 'responded', 'positive', 'response_pct', 'positive_pct']},
        {'kind': 'theme', 'subject': 'inspection', 'columns': ['theme_code', 'theme_title', 'sample_group', 'area_code', 'inspection_id', 'cases_about', 'severe_stand_downs_areas', 'work_without_risk_assessment_areas']},
        {'kind': 'theme_recommendation', 'subject': 'inspection', 'columns': ['theme_code', 'recommendation_no', 'theme', 'addressed_to', 'due_on', 'status', 'status_on']},
        {'kind': 'unpaid_work', 'subject': 'performance', 'columns': ['area_code', 'year', 'table_title', 'item', 'value', 'unit']},
    ]) }}
{% endmacro %}

{# Each measure counted case by case: its terms of a case, and whether it counts cases. #}
{% macro case_measures() %}
    {{ return([
        {'measure_code': 'ENF', 'code': 'enf', 'counts_cases': true, 'numerator': 'breached_in_time', 'denominator': 'breach_required'},
        {'measure_code': 'CMP', 'code': 'cmp', 'counts_cases': true, 'numerator': 'complied', 'denominator': 'is_case'},
        {'measure_code': 'CON_ARR', 'code': 'con_arr', 'counts_cases': false, 'numerator': 'appts_arranged_of_required', 'denominator': 'appts_required'},
        {'measure_code': 'CON_KEPT', 'code': 'con_kept', 'counts_cases': false, 'numerator': 'appts_kept', 'denominator': 'appts_arranged'},
        {'measure_code': 'ROH_TIME', 'code': 'roh_time', 'counts_cases': true, 'numerator': 'high_risk_in_time', 'denominator': 'is_high_risk'},
        {'measure_code': 'PPO_TIME', 'code': 'ppo_time', 'counts_cases': true, 'numerator': 'ppo_in_time', 'denominator': 'is_ppo'},
        {'measure_code': 'ETH', 'code': 'eth', 'counts_cases': true, 'numerator': 'has_valid_ethnicity', 'denominator': 'is_case'},
    ]) }}
{% endmacro %}

{# The first and the last year of the working-day calendar. #}
{% macro calendar_years() %}
    {{ return([1970, 2035]) }}
{% endmacro %}
