"""`casebook query` reads the publication: it writes nothing, opens no other file, and reaches no network."""

import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pytest_socket import enable_socket

from flows.warehouse.engines.parquet import relation
from tests.commands import Command

RUN = "20040810T020000Z-0000"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a warehouse, whose publication has a view of Parquet beside it, and a secret that is not published.

    It is the working folder, and `parquet/` in it is not the publication's.
    """
    (tmp_path / "warehouse" / "restricted").mkdir(parents=True)
    (tmp_path / "warehouse" / "restricted" / "case_key.secret").write_text("a secret")
    folder = tmp_path / "warehouse" / "published" / RUN
    for table in (folder / "parquet" / "marts" / "fct_row", tmp_path / "parquet" / "marts" / "fct_row"):
        table.mkdir(parents=True)
        duckdb.sql(f"copy (select '{table.parents[2].name}' as of_folder) to '{table}/rows.parquet' (format parquet)")
    with duckdb.connect(str(folder / "analyst.duckdb")) as connection:
        connection.execute(f"set file_search_path = '{folder}'")
        connection.execute(
            f"""
            create schema marts;
            create schema ops;
            create table marts.dim_area as select 'BED' as area_code, 1 as n;
            create table ops.run as select '{RUN}' as run_id;
            create view marts.fct_row as from {relation(Path("parquet/marts/fct_row"))};
            """
        )
    (tmp_path / "warehouse" / "current").symlink_to(Path("published") / RUN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(place: Path) -> dict[str, str]:
    """Every file of a folder, by its fingerprint, and every folder."""
    return {
        str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in sorted(place.rglob("*"))
    }


@pytest.mark.parametrize(
    "sql",
    [
        "select area_code from dim_area",
        "from dim_area select area_code",
        "  -- which\n select area_code from marts.dim_area;",
        "with areas as (select * from dim_area) select area_code from areas",
        "table dim_area",
        "values ('BED')",
        "describe dim_area",
        "show tables",
        "show all tables",
        "summarize dim_area",
        "pivot dim_area on area_code in ('BED') using sum(n)",
        "unpivot dim_area on n into name area_code value v",
        "explain select area_code from dim_area",
        "EXPLAIN ANALYZE select 'BED', area_code from dim_area",
        "select 'BED' from range(3), ops.run",
        "select 'BED' from duckdb_tables() where table_name = 'dim_area'",
        "select 'BED' as x, area_code from query_table('dim_area')",
        "set variable area_code = 'BED';\nSET VARIABLE\tquoted = 'it''s; so';\n"
        "select area_code, getvariable('quoted') from dim_area where area_code = getvariable('area_code')",
    ],
)
def test_every_way_to_ask_for_rows_is_answered(sql: str, place: Path, command: Command) -> None:
    before = contents(place)
    answer = command("query", sql)
    assert (answer.code, answer.err) == (0, "")
    assert any(word in answer.out for word in ("BED", "dim_area", "area_code"))
    assert contents(place) == before


def test_a_view_reads_the_files_of_its_publication_and_not_of_the_folder_one_is_in(
    place: Path, command: Command
) -> None:
    assert command("query", "from fct_row").out.splitlines() == ["of_folder", RUN]


def test_a_view_finds_its_files_where_the_warehouse_is_reached_by_a_link(place: Path, command: Command) -> None:
    (place / "link").symlink_to("warehouse")
    assert command("query", "from fct_row", "--warehouse", "link").out.splitlines() == ["of_folder", RUN]


FILE = f"warehouse/published/{RUN}/analyst.duckdb"
PARQUET = f"warehouse/published/{RUN}/parquet"

WRITES = [
    "copy (select 1) to '{place}/" + FILE + "'",
    "copy dim_area to '{place}/out.csv'",
    "copy (select 1) to '{place}/" + PARQUET + "/more.parquet' (format parquet)",
    "copy (select 1) to '/dev/stdout'",
    "explain analyze copy (select 1) to '{place}/" + PARQUET + "/more.csv'",
    "EXPLAIN (FORMAT JSON) copy (select 1) to '{place}/out.csv'",
    "/* so */ explain analyze copy (select 1) to '{place}/" + PARQUET + "/more.csv'",
    "export database '{place}/out'",
    "attach '{place}/out.duckdb' as other",
    "create table marts.other as select 1",
    "create temp table other as select 1",
    "create or replace view marts.dim_area as select 1",
    "create macro one() as 1",
    "insert into dim_area values ('X', 2)",
    "update dim_area set n = 2",
    "delete from dim_area",
    "merge into dim_area using dim_area as other on true when matched then delete",
    "drop table dim_area",
    "alter table dim_area add column m int",
    "comment on table dim_area is 'x'",
    "truncate dim_area",
    "checkpoint",
    "force checkpoint",
    "vacuum",
    "analyze",
    "from checkpoint()",
    "from enable_logging(storage := 'file', storage_path := '{place}/" + PARQUET + "/log.csv')",
    "select (select 1 from \"Enable_Logging\"(storage := 'file', storage_path := '{place}/out.csv'))",
    "with x as (from system.main.enable_profiling(format := 'json', save_location := '{place}/" + PARQUET + "/p.json'))"
    " select * from x",
    "from query('from enable_logging()')",
    "from json_execute_serialized_sql(json_serialize_sql('from enable_logging()'))",
    "call enable_logging()",
]
READS = [
    "select * from read_text('{place}/warehouse/restricted/case_key.secret')",
    "select (select content from read_blob('{place}/warehouse/restricted/case_key.secret'))",
    "from read_csv('/etc/passwd')",
    "from read_csv_auto('/etc/passwd')",
    "from read_json('/etc/passwd')",
    "from '/etc/passwd'",
    "from '{place}/parquet/marts/fct_row/rows.parquet'",
    "from 'parquet/marts/../../warehouse/restricted/case_key.secret'",
    "from query_table('/etc/passwd')",
    "from sniff_csv('/etc/passwd')",
    "from parquet_metadata('{place}/parquet/marts/fct_row/rows.parquet')",
    "from glob('/etc/*')",
    "attach '{place}/warehouse/restricted/warehouse.duckdb' as restricted",
    "from read_duckdb('{place}/warehouse/restricted/warehouse.duckdb')",
    "import database '/etc'",
    "from duckdb_secrets()",
    "describe from read_text('/etc/passwd')",
    "summarize from read_csv('/etc/passwd')",
    "select * from dim_area limit (select length(content) from read_text('/etc/passwd'))",
    "select n from dim_area order by (select content from read_text('/etc/passwd'))",
    "from pandas_scan(1)",
    "from place",
]
SETTINGS = [
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset allowed_directories",
    "set variable x = 1",
    "set variable x = 'text'",
    "set variable x = (select content from read_text('/etc/passwd')); select getvariable('x')",
    "set variable x = 'text'; set threads = 4; select 1",
    "pragma threads = 4",
    "pragma enable_profiling",
    "pragma database_list",
    "pragma version",
    "use ops",
    "install httpfs",
    "load httpfs",
    "install spatial from community",
    "create secret (type s3)",
    "call pragma_version()",
    "begin",
    "prepare q as select 1",
    "execute q",
    "detach analyst",
]
OTHERS = [
    "",
    " ; ",
    "/* nothing */",
    "select 1; select 2",
    "select 1; copy (select 1) to '{place}/out.csv'",
    "create type t as enum ('x'); select 1",
    "selct 1",
    "select",
    "select $1",
    "select ?",
    "select * from nowhere",
    "select nothing from dim_area",
    "select 1 / 'x'::int",
    "select error('so')",
    "explain",
    "pivot dim_area on area_code",
    "select '\x00'",
    "\udcff",
]


@pytest.mark.parametrize("sql", [*WRITES, *READS, *SETTINGS, *OTHERS])
def test_everything_else_is_refused_in_a_sentence_and_changes_nothing(sql: str, place: Path, command: Command) -> None:
    before = contents(place)
    refused = command("query", sql.replace("{place}", str(place)))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.strip()
    assert "Stack Trace" not in refused.err
    assert "secret" not in refused.err.replace("case_key.secret", "").replace("duckdb_secrets", "")
    assert contents(place) == before


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and whether anybody connected."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append("connected")

    enable_socket()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()


@pytest.mark.parametrize(
    "sql", ["from '{web}/x.csv'", "from read_csv('{web}/x.csv')", "install x from '{web}'", "attach '{web}/x.db' as x"]
)
def test_nothing_is_fetched_from_anywhere(sql: str, web: tuple[str, list[str]], place: Path, command: Command) -> None:
    address, asked = web
    assert command("query", sql.replace("{web}", address)).code == 1
    assert asked == []


def test_there_is_no_way_around(place: Path, command: Command) -> None:
    assert command("query", "--unsafe", "select 1").code == 2


def test_a_large_answer_is_written_as_it_comes(place: Path, command: Command) -> None:
    answer = command("query", "select range as n from range(25_000)")
    assert answer.out.splitlines() == ["n", *map(str, range(25_000))]
