"""What a row must be, written from the description of deliveries and not from the code that checks them.

So that the tests do not believe the night: what it loads must fit this page, and what it holds must not.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

Row = dict[str, str | None]

# A column a word: name, then =its type (text where nothing is said), then ? where it may be empty.
# int and num carry their range; {A,B} lists codes, many{A,B} several of them with ; between.
COLUMNS = {
    "inspection": "inspection_id framework_code area_code inspection_title fieldwork_from=date fieldwork_to=date "
    "published_on=date? follow_up_of? performance_year=year?",
    "case_sample": "inspection_id area_code case_id sample={main,post_cja} "
    "order_type={CRO,CPO,CPRO,DTTO,CO,SSO,LIC,CUS} requirements=many{SUP,UPW,AP,DRR,ATR}? commenced_on=date "
    "sex={M,F,U} ethnicity? age_band={18-20,21-24,25-34,35-44,45+} risk_of_harm={L,M,H,V} ppo={Y,N} "
    "mappa_level=int:1:3? tier=int:1:4? oasys_alcohol=int:0:8? oasys_drugs=int:0:8? "
    "assessor_type={inspector,area_assessor} team_code?",
    "judgement": "inspection_id case_id question_code answer={excellent,sufficient,insufficient,poor,not_applicable}",
    "management_evidence": "inspection_id sample_group criterion_code item_no=int:1: responsible={area,NPD} "
    "rating={very_strong,strong,good,satisfactory,weak}",
    "score_adjustment": "inspection_id sample_group criterion_code adjusted_rating reason decided_by decided_on=date",
    "published_score": "inspection_id sample_group level={criterion,section,overall,thread} code "
    "published_score_pct=num:0:100? published_rating? source?",
    "case_outcome": "inspection_id case_id oasys_start=int:0:200? oasys_latest=int:0:200? oasys_rescored_on=date? "
    "reconvicted_on=date? observed_to=date?",
    "survey": "inspection_id respondent_group={offender,victim,sentencer,staff,beneficiary} survey_question "
    "asked=int:0: responded=int:0: positive=int:0:",
    "recommendation": "inspection_id recommendation_no=int:1: theme criterion_code? addressed_to due_on=date? "
    "status={open,closed,superseded} status_on=date",
    "nsmart": "area_code data_period=period record_no=int:1: case_ref "
    "order_type={CRO,CPO,CPRO,DTTO,CO,SSO,LIC,CUS} commenced_on=dmy risk_of_harm={L,M,H,V} ppo={Y,N} sex={M,F,U} "
    "ethnicity? appts_required=int:0: appts_arranged=int:0: appts_kept=int:0: unacceptable_absences=int:0: "
    "allowed_to_continue={Y,N} breach_required_on=dmy? breach_initiated_on=dmy? risk_assessment_on=dmy? "
    "risk_plan_on=dmy? sentence_plan_on=dmy? team_code?",
    "performance_return": "area_code data_period=period measure_code numerator=num:0: denominator=num:0:?",
    "performance_target": "performance_year=year area_code measure_code target=num:0: direction={higher,lower}",
    "area_profile": "area_code as_at=date population=int:0:? density_per_sq_km=num:0:? minority_ethnic_pct=num:0:100? "
    "recorded_crime_per_1000=num:0:? violent_crime_per_1000=num:0:? found_guilty_or_cautioned_per_100k=num:0:? "
    "family_group? main_revenue_gbp_m=num:0:? size_rank=int:1:? scorecard_rank=int:1:? scorecard_units=int:1:? source?",
    "ippf": "area_code period_from=date period_to=date domain metric actual=figure? target=figure? national=figure? "
    "previous_year=figure? ippf_grade=int:1:4? counts_towards_domain={0,1}",
    "unpaid_work": "area_code year table item value=num:0:? unit={percent,count}",
}
OPTIONAL = {("case_outcome", "observed_to")}
KEYS = {
    "inspection": "inspection_id",
    "case_sample": "inspection_id case_id",
    "judgement": "inspection_id case_id question_code",
    "management_evidence": "inspection_id sample_group criterion_code item_no",
    "score_adjustment": "inspection_id sample_group criterion_code decided_on",
    "published_score": "inspection_id sample_group level code",
    "case_outcome": "inspection_id case_id",
    "survey": "inspection_id respondent_group survey_question",
    "recommendation": "inspection_id recommendation_no",
    "nsmart": "area_code data_period record_no",
    "performance_return": "area_code data_period measure_code",
    "performance_target": "performance_year area_code measure_code",
    "area_profile": "area_code as_at",
    "ippf": "area_code period_from period_to metric",
    "unpaid_work": "area_code year table item",
}
IDENTIFIERS = {"case_sample": "case_id", "judgement": "case_id", "case_outcome": "case_id", "nsmart": "case_ref"}
FREE_KEYS = {"area_profile", "ippf", "unpaid_work"}
LONGEST_CELL = 1_000
SPACE = re.compile(r"^\s+|\s+$")

SEEDS = Path(__file__).parents[2] / "seeds" / "performance" / "measures.csv"


def measures(*units: str) -> set[str]:
    """Codes of the measures of these units."""
    with SEEDS.open(encoding="utf-8") as seed:
        return {row["measure_code"] for row in csv.DictReader(seed) if row["unit"] in units}


PROPORTIONS, RATIOS = measures("proportion"), measures("proportion", "days_per_head")


def columns(kind: str) -> dict[str, str]:
    """Type of each column of a kind, by its name."""
    found = {}
    for word in COLUMNS[kind].split():
        name, _, type_ = word.partition("=")
        found[name.rstrip("?")] = type_ or name[len(name.rstrip("?")) :]
    return found


def _is_date(text: str, shape: str, spelling: str) -> bool:
    try:
        return bool(re.fullmatch(shape, text, re.A)) and 1970 <= datetime.strptime(text, spelling).year <= 2035
    except ValueError:
        return False


def _is_year(text: str) -> bool:
    match = re.fullmatch(r"([12]\d{3})/(\d\d)", text, re.A)
    return bool(match) and (int(match[1]) + 1) % 100 == int(match[2])


def _is_number(text: str, whole: bool, low: str, high: str) -> bool:
    if not re.fullmatch(r"-?\d{1,15}" if whole else r"-?\d{1,15}(\.\d{1,12})?", text, re.A):
        return False
    return float(low) <= float(text) <= float(high or "inf")


# What a spreadsheet shows where a formula has no value.
ERROR = re.compile(r"#(N/A|GETTING_DATA|[A-Z0-9/]+[!?])")

SIMPLE: dict[str, Callable[[str], bool]] = {
    "": lambda text: text[0] not in "=+-@" and not ERROR.fullmatch(text),
    "date": lambda text: _is_date(text, r"\d{4}-\d\d-\d\d", "%Y-%m-%d"),
    "dmy": lambda text: _is_date(text, r"\d\d/\d\d/\d{4}", "%d/%m/%Y"),
    "period": lambda text: bool(re.fullmatch(r"(0[1-9]|1[0-2])\d\d", text, re.A)),
    "year": _is_year,
    "figure": lambda text: bool(re.fullmatch(r"-?\d{1,15}(\.\d{1,12})?%?", text, re.A)),
}


def cell_fits(type_: str, cell: str | None) -> bool:
    """Whether a cell is what its column holds."""
    if cell is None:
        return type_.endswith("?")
    type_ = type_.removesuffix("?")
    if len(cell) > LONGEST_CELL:
        return False
    if type_.endswith("}"):
        several, _, codes = type_.removesuffix("}").partition("{")
        return all(one in codes.split(",") for one in (cell.split(";") if several else [cell]))
    if type_ in SIMPLE:
        return SIMPLE[type_](cell)
    base, low, high = type_.split(":")
    return _is_number(cell, base == "int", low, high)


def _number(row: Row, name: str) -> float:
    return float(row[name] or "nan")


RULES: dict[str, Callable[[Row], bool]] = {
    "inspection": lambda r: (
        str(r["fieldwork_from"]) <= str(r["fieldwork_to"]) and r["follow_up_of"] != r["inspection_id"]
    ),
    "published_score": lambda r: bool(r["published_score_pct"] or r["published_rating"]),
    "survey": lambda r: _number(r, "positive") <= _number(r, "responded") <= _number(r, "asked"),
    "nsmart": lambda r: _number(r, "appts_kept") <= _number(r, "appts_arranged"),
    "performance_return": lambda r: (
        not (
            (r["measure_code"] in RATIOS and r["denominator"] is None)
            or (r["measure_code"] in PROPORTIONS and _number(r, "numerator") > _number(r, "denominator"))
        )
    ),
    "ippf": lambda r: str(r["period_from"]) <= str(r["period_to"]),
}


def own_file_key(kind: str, row: Row) -> str | None:
    """The key that a row's file must have; None where any will do."""
    if kind in FREE_KEYS:
        return None
    if kind in ("nsmart", "performance_return"):
        return f"{row['area_code']}_{row['data_period']}"
    if kind == "performance_target":
        return str(row["performance_year"]).replace("/", "-")
    return str(row["inspection_id"])


def row_fits(kind: str, file_key: str, row: Row) -> bool:
    """Whether a row on its own is what its kind says."""
    if not all(cell_fits(type_, row[name]) for name, type_ in columns(kind).items()):
        return False
    return RULES.get(kind, lambda _: True)(row) and own_file_key(kind, row) in (None, file_key)


def wrong_rows(kind: str, file_key: str, rows: Sequence[tuple[Row, bool]]) -> tuple[set[int], set[int]]:
    """Numbers (from 1) of the rows that must be held, and of those that are exact repeats of one before.

    rows: the cells by column, and whether the row has as many as the header.
    """
    held = {n for n, (row, whole) in enumerate(rows, 1) if not whole or not row_fits(kind, file_key, row)}
    by_key: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for n, (row, _) in enumerate(rows, 1):
        by_key[tuple(row[name] for name in KEYS[kind].split())].append(n)
    repeated: set[int] = set()
    for key, numbers in by_key.items():
        if None in key or len(numbers) == 1:
            continue
        if len({tuple(rows[n - 1][0].items()) for n in numbers}) > 1:
            held |= set(numbers)
        for whole in (True, False):
            repeated |= {n for n in numbers if rows[n - 1][1] is whole} - {
                next((n for n in numbers if rows[n - 1][1] is whole), 0)
            }
    return held, repeated - held
