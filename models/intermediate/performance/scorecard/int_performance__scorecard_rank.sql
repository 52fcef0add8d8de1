{{ scorecard_rank(ref('int_performance__scorecard_score')) }}
