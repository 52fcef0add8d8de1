"""dbt builds the tables; DuckDB or Spark runs them."""
