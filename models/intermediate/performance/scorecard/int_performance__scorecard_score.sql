{{ scorecard_score(ref('int_performance__scorecard_measure')) }}
