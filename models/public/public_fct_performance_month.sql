{{ public_performance('month') }}
