"""Where the night works and with how much of the machine: environment variables that start with CASEBOOK_."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from expectations.reference import PROJECT as PROJECT
from flows.base.errors import SettingWrong

PREFIX = "CASEBOOK_"
SECRETS = (f"{PREFIX}CASE_KEY", f"{PREFIX}WEBHOOK")


def folder_name(text: str | Path) -> Path:
    """A folder as a person names it.

    Raises:
        ValueError: the name is empty, or no folder can have it.
    """
    if not str(text).strip() or "\0" in str(text):
        raise ValueError("name a folder")
    return Path(text)


def web_address(text: str) -> str:
    """An address of the web without a slash at its end.

    Raises:
        ValueError: it is none, or has more than host and path.
    """
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("give the address at which releases are served, such as https://example.org/probation")
    return text.rstrip("/")


Folder = Annotated[Path, BeforeValidator(folder_name)]
WebAddress = Annotated[str, BeforeValidator(web_address)]


class Settings(BaseSettings):
    """landing, warehouse: folders. case_key: the secret of the case keys, where it is not kept in the warehouse.
    threads, memory: what DuckDB may use (memory as DuckDB spells it, `1GB`; Python itself needs about 0.6 GB more).
    engine: where dbt builds. spark_master: where Spark runs, in this process or on a cluster (`spark://host:port`).
    duckdb_file: whether Spark's nights publish rows about single cases in the analysts' file too, or in Parquet alone.
    readers: the group whose members may read publications, or `everyone`; without it, the group of the night's user.
    webhook: where `make serve` sends a sentence about a night that failed or is missing.
    releases_address: at which the folder of releases is served to everyone, for links and identifiers of its feed.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    landing: Folder = Path("landing")
    warehouse: Folder = Path("warehouse")
    case_key: SecretStr | None = None
    threads: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    memory: str = Field("1GB", pattern=r"(?i)^\s*(0*[1-9][0-9]*(\.[0-9]*)?|0*\.[0-9]+)\s*[kmgt]i?b\s*$")
    engine: Literal["duckdb", "spark"] = "duckdb"
    spark_master: str = "local[2]"
    duckdb_file: bool = True
    readers: str | None = None
    webhook: SecretStr | None = None
    releases_address: WebAddress | None = None

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingWrong(" ".join(map(_sentence, error.errors(include_url=False)))) from None


def _sentence(wrong: Any) -> str:
    """What is wrong with a setting. Its value is quoted, unless it is a secret."""
    name = f"{PREFIX}{str(wrong['loc'][0]).upper()}"
    if wrong["type"] == "string_pattern_mismatch":
        return f"{name}={wrong['input']!r} is no amount of memory: write it as 1GB or 500MB."
    words = str(wrong["msg"]).removeprefix("Value error, ")
    value = "" if name in SECRETS else f"={wrong['input']!r}"
    return f"{name}{value} is wrong: {words[0].lower()}{words[1:]}."
