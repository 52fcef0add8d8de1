"""Models run by themselves, on tables that a test has made: the SQL is the project's own."""

from functools import cache

import duckdb
import jinja2
import yaml

from flows.settings import PROJECT

MACROS = ("exact_sum", "score_pct", "uncertainty")


def build(connection: duckdb.DuckDBPyConnection, *models: str) -> None:
    """Make a table of each intermediate model of the inspections, from tables named as the models it refers to."""
    for model in models:
        connection.execute(f"create or replace table {model} as {_sql(model)}")


def _sql(model: str) -> str:
    source = (PROJECT / "models" / "intermediate" / "inspection" / f"{model}.sql").read_text(encoding="utf-8")
    return _environment().from_string(_macros() + source).render()


@cache
def _macros() -> str:
    return "".join((PROJECT / "macros" / f"{name}.sql").read_text(encoding="utf-8") for name in MACROS)


@cache
def _environment() -> jinja2.Environment:
    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    environment = jinja2.Environment(autoescape=False)
    environment.globals |= {"ref": str, "var": settings["vars"].__getitem__, "config": lambda **_: ""}
    return environment
