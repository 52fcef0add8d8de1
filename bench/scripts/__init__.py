"""One piece of work in four ways: scores and performance figures from a landing folder, without any check.

DuckDB and Spark run the same SQL; pandas and Polars each have their own script. What they write is compared
(`bench.scripts.compare`), so that a table of their seconds is a table of the same work. None of them is the warehouse:
they hold no history, hash cases without a key, and must never publish anything.
"""
