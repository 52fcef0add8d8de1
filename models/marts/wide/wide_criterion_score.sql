{{ wide_score('criterion', ['section_code', 'conclusion']) }}
