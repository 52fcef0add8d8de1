"""Models run by themselves, on tables that a test has made: the SQL is the project's own."""

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import duckdb
import jinja2
import yaml

from flows.base.settings import PROJECT

MACROS = (
    *("binomial_limits", "chance", "count_chances", "exact_sum", "half_up", "reliability", "score_pct", "uncertainty"),
    *("wilson", "dialect/each_number"),
)


def build(connection: duckdb.DuckDBPyConnection, *models: str) -> None:
    """Make a table of each intermediate model, from tables named as the models it refers to."""
    for model in models:
        connection.execute(f"create or replace table {model} as {_sql(model)}")


def append(connection: duckdb.DuckDBPyConnection, model: str) -> None:
    """Add to the table of an incremental model what it adds where it was built before."""
    connection.execute(f"insert into {model} {_sql(model, is_incremental=True)}")


def broken_rows(connection: duckdb.DuckDBPyConnection, test: str) -> list[tuple[Any, ...]]:
    """What a singular test of tests/dbt/ returns on tables named as the models it refers to: nothing where it holds."""
    sql = (PROJECT / "tests" / "dbt" / f"{test}.sql").read_text(encoding="utf-8")
    return connection.execute(_environment().from_string(sql).render()).fetchall()


def rendered(sql: str, file: str, macro: str, **functions: Callable[..., str]) -> str:
    """The SQL of a model that calls a macro for what it loops over, with dbt's functions as the test gives them."""
    environment = jinja2.Environment(autoescape=False)
    found: list[Any] = []
    environment.globals |= {"return": found.append}
    source = (PROJECT / "macros" / f"{file}.sql").read_text(encoding="utf-8")
    getattr(environment.from_string(source).module, macro)()
    return environment.from_string(sql).render(functions | {macro: found.pop})


def expression(macro: str, *arguments: str) -> str:
    """What a macro of the project makes of its arguments."""
    quoted = ", ".join(f"'{argument}'" for argument in arguments)
    return _environment().from_string(f"{_macros()}{{{{ {macro}({quoted}) }}}}").render()


def statement(file: str, macro: str, *arguments: str) -> str:
    """The select that a macro writes, from its file in macros/."""
    module = _environment().from_string((PROJECT / "macros" / f"{file}.sql").read_text(encoding="utf-8"))
    made: str = getattr(module.make_module({"each_number": _dispatch("each_number", "casebook")}), macro)(*arguments)
    return made


def _sql(model: str, is_incremental: bool = False) -> str:
    path = next((PROJECT / "models" / "intermediate").rglob(f"{model}.sql"))
    return (
        _environment()
        .from_string(_macros() + path.read_text(encoding="utf-8"))
        .render(adapter=SimpleNamespace(dispatch=_dispatch), this=model, is_incremental=lambda: is_incremental)
    )


@cache
def _macros() -> str:
    return "".join((PROJECT / "macros" / f"{name}.sql").read_text(encoding="utf-8") for name in MACROS)


def _dispatch(name: str, _package: str) -> Callable[..., str]:
    """DuckDB's version of a macro that differs between engines."""
    source = (PROJECT / "macros" / "dialect" / f"{name}.sql").read_text(encoding="utf-8")
    version: Callable[..., str] = getattr(_environment().from_string(source).module, f"duckdb__{name}")
    return version


@cache
def _environment() -> jinja2.Environment:
    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    environment = jinja2.Environment(autoescape=False)
    environment.globals |= {"ref": str, "return": str, "var": settings["vars"].__getitem__, "config": lambda **_: ""}
    return environment
