{{ wide_score('overall') }}
