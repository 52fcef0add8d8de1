{{ public_performance('to_date', more=['months_in', 'months_due']) }}
