"""A case that is to be erased: deliveries that name it, a publication made of them, and where it is found."""

import gzip
from pathlib import Path

import duckdb

from flows.base.content_hash import content_query
from flows.base.night import code_version
from flows.base.warehouse_paths import Warehouse
from flows.intake import delivery_writer
from flows.intake.case_key import case_key
from flows.intake.catch_up import catch_up
from flows.recover import erase, republish
from flows.recover.erase import Plan, erase_case
from flows.recover.replay import Inputs
from tests.conftest import Intake, run_intake, write_delivery
from tests.samples import GOOD, NAMES, csv_text, good_rows, xlsx_bytes

SCOPE, CASE = "ESI-BED-2005", "BED/2005/0007"
OTHER = "BED/2005/00071"
RUN = "20060616T020000Z-0000"


def ask_nothing(plan: Plan) -> None:
    """Agree to any erasure."""


def judgement(case_id: str, question: str, answer: str = "sufficient") -> dict[str, str]:
    """A row that loads, where its answer is one."""
    return {**GOOD["judgement"], "case_id": case_id, "question_code": question, "answer": answer}


ROWS = [
    *good_rows("judgement", 3),
    judgement(CASE, "1.1.1"),
    judgement(CASE, "1.1.2", "nonsense"),
    judgement(OTHER, "1.1.1"),
]
FORMATS: dict[str, bytes] = {
    "csv": csv_text(ROWS).encode(),
    "csv.gz": gzip.compress(csv_text(ROWS).encode()),
    "xlsx": xlsx_bytes([list(ROWS[0]), *(list(row.values()) for row in ROWS)]),
    "parquet": delivery_writer.written([list(ROWS[0]), *(list(row.values()) for row in ROWS)], "parquet"),
}


NAMING = {**GOOD["recommendation"], "recommendation_no": "2", "theme": f"as in {CASE.lower()}, which see"}
NOTES = f"About {CASE} of {SCOPE}\n"


def taken_in(folder: Path) -> Intake:
    """A delivery with the case, its copy, texts that name it, and another delivery; then a publication."""
    landing = folder / "landing"
    write_delivery(landing, NAMES["judgement"], FORMATS["csv"])
    write_delivery(landing, f"copy/{NAMES['judgement']}", FORMATS["csv"])
    write_delivery(landing, "notes.csv", NOTES)
    write_delivery(landing, NAMES["recommendation"], csv_text([GOOD["recommendation"], NAMING]))
    write_delivery(landing, NAMES["nsmart"], csv_text(good_rows("nsmart", 2)))
    done = run_intake(landing, landing.parent / "warehouse")
    with done.night.warehouse.connect() as connection:
        catch_up(done.night.warehouse, connection)
    publication(done.night.warehouse)
    return done


def publication(warehouse: Warehouse, run_id: str = RUN) -> Path:
    """A kept publication with the judgements of now, which readers get."""
    file = built(warehouse, warehouse.published / run_id, run_id)
    warehouse.current.unlink(missing_ok=True)
    warehouse.current.symlink_to(Path("published") / run_id)
    return file


def built(warehouse: Warehouse, folder: Path, run_id: str) -> Path:
    """An analysts' file of the restricted warehouse as it is, with a page."""
    file = folder / "analyst.duckdb"
    (folder / "site").mkdir(parents=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"attach '{warehouse.database}' as w (read_only)")
        connection.execute(
            """
            create schema ops; create schema marts;
            create table marts.fct_judgement as select case_key, question_code from w.raw.judgement;
            create table marts.fct_total as select count(*) as judgements from w.raw.judgement;
            create table ops.load_file as select * from w.intake.file;
            create table ops.run as select 'x' as run_id, date '2006-06-15' as business_date, 'published' as status;
            """
        )
        connection.execute(
            "create table ops.publication as select ? as run_id, date '2006-06-15' as business_date, "
            "? as code_version, null::varchar as case_key_check",
            [run_id, code_version()],
        )
        tables = content_query([("marts", "fct_judgement"), ("marts", "fct_total")], "analyst")
        connection.execute(f"create table ops.publication_table as {tables}")
        ((total,),) = connection.execute("select judgements from marts.fct_total").fetchall()
    (folder / "site" / "index.html").write_text(f"{total} judgements")
    return file


def built_again(warehouse: Warehouse, temporary: Warehouse, inputs: Inputs, erasures: republish.Erasures) -> Path:
    """What a replay builds: here what the restricted warehouse has, which was made again before."""
    assert not any(file.reason for file in inputs.files if file.rows_erased)
    file = built(warehouse, temporary.published / "built", inputs.run_id)
    republish._note(file, erasures)
    return file.parent


def holding(warehouse: Warehouse, text: str) -> list[str]:
    """Files of the warehouse in which the text is found; of CSV, DuckDB and JSON none is packed here."""
    return [str(path) for path in warehouse.root.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def holding_case(warehouse: Warehouse) -> set[str]:
    """Files in which the case is found, and not just another whose identifier begins as its does."""
    spelled = (f"{case}{end}" for case in (CASE, CASE.lower()) for end in (",", " ", '"', "'", "\n"))
    return {path for text in spelled for path in holding(warehouse, text)}


def in_publication(warehouse: Warehouse, sql: str) -> list[tuple[object, ...]]:
    """What readers get as an answer."""
    with duckdb.connect(str(warehouse.current / "analyst.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def key_of_case(warehouse: Warehouse) -> str:
    """The hash that stands for the case in tables."""
    return case_key(warehouse.key_file.read_bytes(), "inspection", SCOPE, CASE)


def erase_it(warehouse: Warehouse, agree: erase.Agree = ask_nothing) -> Plan:
    """Erase the case."""
    return erase_case(warehouse, SCOPE, CASE, "Asked for", agree)


def die(*_: object) -> None:
    """What a killed process does at the line that this stands for."""
    raise KeyboardInterrupt
