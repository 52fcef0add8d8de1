"""The generator writes valid deliveries of every kind, the same each time, with the effects it says."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from bench.generator import PRESETS, Plan, PlanError, Planted, generate
from bench.generator.files import data_period
from bench.generator.inspections import inspections
from bench.generator.reference import seed_rows
from expectations.contract import Column, Delivery
from expectations.deliveries import DELIVERIES
from expectations.reference import PROJECT

Row = dict[str, str]


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generator") / "landing"


@pytest.fixture(scope="module")
def planted(landing: Path) -> Planted:
    return generate(PRESETS["tiny"], landing)


def _rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _kind_and_key(path: Path) -> tuple[str, str]:
    kind = max((kind for kind in DELIVERIES if path.name.startswith(f"{kind}_")), key=len)
    return kind, re.sub(r"_r\d+$", "", path.stem.removeprefix(f"{kind}_"))


def _deliveries(landing: Path) -> Iterator[tuple[Delivery, str, list[Row]]]:
    for path in sorted(landing.rglob("*.*")):
        kind, key = _kind_and_key(path)
        yield DELIVERIES[kind], key, _rows(path)


def _all_rows(landing: Path, kind: str) -> list[Row]:
    return [row for path in sorted(landing.rglob(f"{kind}_*.csv")) for row in _rows(path)]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_plan_gives_the_same_bytes_whatever_the_hash_seed(
    landing: Path, planted: Planted, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "bench.generator", "--preset", "tiny", "--out", str(tmp_path / "again")]
    subprocess.run(command, cwd=PROJECT, env={**os.environ, "PYTHONHASHSEED": "7"}, check=True, capture_output=True)
    assert _bytes(tmp_path / "again") == _bytes(landing)


def test_another_seed_gives_other_figures(landing: Path, planted: Planted, tmp_path: Path) -> None:
    generate(Plan(areas=2, months=3, inspections=2, cases=20, nsmart_rows=12, seed=2), tmp_path / "other")
    ours, others = _bytes(landing), _bytes(tmp_path / "other")
    assert ours.keys() == others.keys()
    assert ours != others


def test_every_kind_is_delivered(landing: Path, planted: Planted) -> None:
    assert {delivery.kind for delivery, _, _ in _deliveries(landing)} == set(DELIVERIES)


def test_columns_are_those_of_the_contract_in_its_order(landing: Path, planted: Planted) -> None:
    for delivery, _, rows in _deliveries(landing):
        assert list(rows[0]) == [column.file_header for column in delivery.columns]


def test_every_value_is_valid(landing: Path, planted: Planted) -> None:
    wrong = [
        (delivery.kind, column.name, row[column.file_header])
        for delivery, _, rows in _deliveries(landing)
        for row in rows
        for column in delivery.columns
        if not _is_valid(column, row[column.file_header])
    ]
    assert wrong == []


def _is_valid(column: Column, value: str) -> bool:
    if not value:
        return not column.required
    if column.codes:
        return set(value.split(";") if column.many else [value]) <= set(column.codes)
    readers = {
        "integer": int,
        "number": float,
        "figure": lambda text: float(text.removesuffix("%")),
        "date": date.fromisoformat,
        "date_dmy": lambda text: datetime.strptime(text, "%d/%m/%Y"),
        "period": lambda text: datetime.strptime(text, "%m%y"),
        "year": lambda text: re.fullmatch(r"\d{4}/\d{2}", text) or int("not a year"),
    }
    try:
        number = readers.get(column.type, str)(value)
    except ValueError:
        return False
    return _is_within(column, number)


def _is_within(column: Column, number: object) -> bool:
    if not isinstance(number, int | float):
        return True
    return column.bounds is None or column.bounds[0] <= number <= column.bounds[1]


def test_no_row_breaks_a_rule_of_its_kind(landing: Path, planted: Planted) -> None:
    for delivery in DELIVERIES.values():
        for path in (path for path in landing.rglob("*.csv") if _kind_and_key(path)[0] == delivery.kind):
            delivered = duckdb.read_csv(str(path), all_varchar=True, header=True, delimiter=",", quotechar='"')
            for rule in (rule for rule in delivery.rules if rule.severity != "info"):
                wrong = delivered.filter(rule.wrong).fetchall()
                assert wrong == [], (path.name, rule.name)


def test_keys_are_unique_within_a_file(landing: Path, planted: Planted) -> None:
    for delivery, file_key, rows in _deliveries(landing):
        headers = {column.name: column.file_header for column in delivery.columns}
        keys = [tuple(row[headers[name]] for name in delivery.key) for row in rows]
        assert len(keys) == len(set(keys)), (delivery.kind, file_key)


def test_file_names_carry_the_key_of_their_rows(landing: Path, planted: Planted) -> None:
    for delivery, file_key, rows in _deliveries(landing):
        assert re.fullmatch(delivery.file_key_pattern, file_key)
        if delivery.file_key == "inspection_id":
            assert {row["inspection_id"] for row in rows} == {file_key}
        if "data_period" in delivery.file_key:
            assert {f"{row['area_code']}_{row['data_period']}" for row in rows} == {file_key}


def test_every_parent_exists(landing: Path, planted: Planted) -> None:
    areas = {row["area_code"] for row in seed_rows("common/areas.csv")} | {"ENW"}
    measures = {row["measure_code"] for row in seed_rows("performance/measures.csv")}
    known = {"area_code": areas, "measure_code": measures}
    known["inspection_id"] = {row["inspection_id"] for row in _all_rows(landing, "inspection")}
    known["framework_code"] = {row["framework_code"] for row in seed_rows("inspection/frameworks.csv")}
    known["question_code"] = {row["question_code"] for row in seed_rows("inspection/questions.csv")}
    known["criterion_code"] = {row["criterion_code"] for row in seed_rows("inspection/criteria.csv")}
    for delivery, _, rows in _deliveries(landing):
        for column in known.keys() & {column.name for column in delivery.columns}:
            assert {row[column] for row in rows} <= known[column], (delivery.kind, column)


def test_judgements_and_outcomes_are_of_sampled_cases(landing: Path, planted: Planted) -> None:
    sampled = {(row["inspection_id"], row["case_id"]) for row in _all_rows(landing, "case_sample")}
    for kind in ("judgement", "case_outcome"):
        assert {(row["inspection_id"], row["case_id"]) for row in _all_rows(landing, kind)} == sampled


def test_everything_says_that_it_is_invented(landing: Path, planted: Planted) -> None:
    assert all(row["inspection_title"].endswith("(invented)") for row in _all_rows(landing, "inspection"))
    assert {row["source"] for row in _all_rows(landing, "published_score") + _all_rows(landing, "area_profile")} == {
        "invented"
    }


def test_the_improving_area_improves_as_planted(landing: Path, planted: Planted) -> None:
    improvement = planted.improvement
    for figure in improvement.months:
        rows = _rows(landing / "nsmart" / f"nsmart_{improvement.area_code}_{data_period(figure.period_month)}.csv")
        required = [row for row in rows if row["breach_required_on"]]
        assert (sum(_in_time(row) for row in required), len(required)) == (figure.numerator, figure.denominator)
    met = [figure.numerator for figure in improvement.months]
    assert met == sorted(met)
    assert met[0] < met[-1]


def _in_time(row: Row) -> bool:
    """Twelve days have at most ten working days, and what the generator makes late is later by weeks."""
    if not row["breach_initiated_on"]:
        return False
    required, initiated = (datetime.strptime(row[f"breach_{act}_on"], "%d/%m/%Y") for act in ("required", "initiated"))
    return (initiated - required).days <= 12


def test_the_broken_month_stands_out(landing: Path, planted: Planted) -> None:
    broken = planted.broken_month
    rows = [
        row
        for row in _all_rows(landing, "performance_return")
        if (row["area_code"], row["measure_code"]) == (broken.area_code, broken.measure_code)
    ]
    shares = {row["data_period"]: int(row["numerator"]) / int(row["denominator"]) for row in rows}
    share = shares.pop(data_period(broken.month.period_month))
    assert share == broken.month.numerator / broken.month.denominator
    assert min(shares.values()) - share > 0.5


def test_the_area_assessors_are_lenient_where_planted(landing: Path, planted: Planted) -> None:
    lenient = planted.lenient_assessor
    assessor = {
        (row["inspection_id"], row["case_id"]): row["assessor_type"] for row in _all_rows(landing, "case_sample")
    }
    above: dict[str, list[bool]] = {"inspector": [], lenient.assessor_type: []}
    for row in _all_rows(landing, "judgement"):
        if row["inspection_id"] == lenient.inspection_id and row["answer"] != "not_applicable":
            by = assessor[row["inspection_id"], row["case_id"]]
            above[by].append(row["answer"] in ("excellent", "sufficient"))
    shares = {by: sum(answers) / len(answers) for by, answers in above.items()}
    assert shares[lenient.assessor_type] == pytest.approx(lenient.above_line_share, abs=0.06)
    assert shares["inspector"] == pytest.approx(lenient.inspector_above_line_share, abs=0.06)


def test_only_the_missing_month_is_missing(landing: Path, planted: Planted) -> None:
    missing, plan = planted.missing_month, PRESETS["tiny"]
    every = {f"{area}_{data_period(month)}" for area in plan.area_codes for month in plan.month_starts}
    for kind in ("nsmart", "performance_return"):
        delivered = {_kind_and_key(path)[1] for path in landing.rglob(f"{kind}_*.csv")}
        assert every - delivered == {f"{missing.area_code}_{data_period(missing.period_month)}"}


def test_the_correction_changes_one_numerator(landing: Path, planted: Planted) -> None:
    corrected = planted.corrected_month
    name = f"performance_return_{corrected.area_code}_{data_period(corrected.period_month)}"
    before = {row["measure_code"]: row for row in _rows(landing / "performance_return" / f"{name}.csv")}
    after = {row["measure_code"]: row for row in _rows(landing / "performance_return" / f"{name}_r2.csv")}
    changed = [code for code in before if before[code] != after[code]]
    assert changed == [corrected.measure_code]
    assert int(before[corrected.measure_code]["numerator"]) == corrected.numerator_before
    assert int(after[corrected.measure_code]["numerator"]) == corrected.numerator_after


def test_follow_ups_come_after_an_esi_inspection_of_the_same_area() -> None:
    planned = {one.inspection_id: one for one in inspections(Plan(areas=3, inspections=100))}
    follow_ups = [one for one in planned.values() if one.follow_up_of]
    assert len(planned) == 100
    assert len(follow_ups) == 10
    for one in follow_ups:
        original = planned[one.follow_up_of]
        assert (original.framework_code, original.area_code) == (one.framework_code, one.area_code)
        assert original.published_on < one.fieldwork_from


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "delivery.csv").touch()
    with pytest.raises(PlanError, match="is not an empty folder"):
        generate(PRESETS["tiny"], tmp_path)


def test_a_plan_that_cannot_be_carried_out_says_what_to_change() -> None:
    with pytest.raises(PlanError, match="1 to 42 areas"):
        Plan(areas=43)
    with pytest.raises(PlanError, match="at least 3 with --months"):
        Plan(months=2)
