{{ wide_score('section') }}
