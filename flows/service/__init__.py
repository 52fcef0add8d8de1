"""Nights on schedule: Prefect's server, worker and records, notifications."""
