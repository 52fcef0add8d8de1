"""Where the night works and with how much of the machine: environment variables that start with CASEBOOK_."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
"""The root of the repository, which is the dbt project."""


class Settings(BaseSettings):
    """landing, warehouse: folders. case_key: the secret of the case keys, where it is not kept in the warehouse.
    threads, memory: what DuckDB may use (memory as DuckDB spells it, `1GB`; Python itself needs about 0.6 GB more).
    engine: where dbt builds. spark_master: where Spark runs, in this process or on a cluster (`spark://host:port`).
    duckdb_file: whether Spark's nights publish rows about single cases in the analysts' file too, or in Parquet alone.
    webhook: where `make serve` sends a sentence about a night that failed or is missing.
    """

    model_config = SettingsConfigDict(env_prefix="CASEBOOK_")

    landing: Path = Path("landing")
    warehouse: Path = Path("warehouse")
    case_key: SecretStr | None = None
    threads: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    memory: str = "1GB"
    engine: Literal["duckdb", "spark"] = "duckdb"
    spark_master: str = "local[2]"
    duckdb_file: bool = True
    webhook: SecretStr | None = None
