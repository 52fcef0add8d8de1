"""What a row must be, written from the description of deliveries and not from the code that checks them.

So that the tests do not believe the night: what it loads must fit this page, and what it holds must not.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path

Row = dict[str, str | None]

# A column a word: name, then =its type (text where nothing is said), then ? where a cell may be empty, ?? where the
# column may be missing too. All but texts carry their range, dates and periods in years; {A,B} lists codes, many{A,B}
# several with ; between. ~ is a space.
COLUMNS = {
    "inspection": "inspection_id framework_code area_code inspection_title fieldwork_from=date:1970:2035 "
    "fieldwork_to=date:1970:2035 published_on=date:1970:2035? follow_up_of? performance_year=year:1990:2035?",
    "case_sample": "inspection_id area_code case_id sample={main,post_cja} "
    "order_type={CRO,CPO,CPRO,DTTO,CO,SSO,LIC,CUS} requirements=many{SUP,UPW,AP,DRR,ATR}? commenced_on=date:1900:2035 "
    "sex={M,F,U} ethnicity? age_band={18-20,21-24,25-34,35-44,45+} risk_of_harm={L,M,H,V} ppo={Y,N} "
    "mappa_level=int:1:3? tier=int:1:4? oasys_alcohol=int:0:8? oasys_drugs=int:0:8? "
    "assessor_type={inspector,area_assessor} team_code?",
    "judgement": "inspection_id case_id question_code answer={excellent,sufficient,insufficient,poor,not_applicable}",
    "management_evidence": "inspection_id sample_group criterion_code item_no=int:1:1000000 responsible={area,NPD} "
    "rating={very_strong,strong,good,satisfactory,weak}",
    "score_adjustment": "inspection_id sample_group criterion_code adjusted_rating reason decided_by "
    "decided_on=date:1970:2035",
    "published_score": "inspection_id sample_group level={question,criterion,section,overall,thread} code "
    "published_score_pct=num:0:100? published_rating? source? published_numerator=int:0:1000000?? "
    "published_denominator=int:0:1000000?? published_below=int:0:1000000??",
    "case_outcome": "inspection_id case_id oasys_start=int:0:200? oasys_latest=int:0:200? "
    "oasys_rescored_on=date:1900:2035? "
    "reconvicted_on=date:1900:2035? observed_to=date:1970:2035??",
    "survey": "inspection_id respondent_group={offender,victim,sentencer,staff,beneficiary} survey_question "
    "asked=int:0:1000000?? responded=int:0:1000000?? positive=int:0:1000000?? response_pct=num:0:100?? "
    "positive_pct=num:0:100??",
    "recommendation": "inspection_id recommendation_no=int:1:1000000 theme criterion_code? addressed_to "
    "due_on=date:1970:2035?? status={open,closed,superseded} status_on=date:1970:2035 part={main,thematic~element}??",
    "decision": "inspection_id decision={serious_concern,further_inspection,no_further_inspection} basis "
    "decided_on=date:1970:2035?? planned_for=date:1970:2035?? plan_due_on=date:1970:2035?? "
    "implementation_due_on=date:1970:2035??",
    "case_need": "inspection_id case_id need progress={better,same,worse}??",
    "case_classification": "inspection_id case_id risk_of_harm_manager={L,M,H,V,unclear} "
    "risk_of_harm_inspector={L,M,H,V,unclear}",
    "theme": "theme_code theme_title sample_group area_code inspection_id? cases_about=int:0:1000000?? "
    "severe_stand_downs_areas=int:0:1000000?? work_without_risk_assessment_areas=int:0:1000000??",
    "theme_recommendation": "theme_code recommendation_no=int:1:1000000 theme addressed_to due_on=date:1970:2035?? "
    "status={open,closed,superseded} status_on=date:1970:2035??",
    "nsmart": "area_code data_period=period:1990:2035 record_no=int:1:1000000 case_ref "
    "order_type={CRO,CPO,CPRO,DTTO,CO,SSO,LIC,CUS} commenced_on=dmy:1900:2035 risk_of_harm={L,M,H,V} ppo={Y,N} "
    "sex={M,F,U} ethnicity? appts_required=int:0:1000000 appts_arranged=int:0:1000000 appts_kept=int:0:1000000 "
    "unacceptable_absences=int:0:1000000 "
    "allowed_to_continue={Y,N} breach_required_on=dmy:1900:2035? breach_initiated_on=dmy:1900:2035? "
    "risk_assessment_on=dmy:1900:2035? "
    "risk_plan_on=dmy:1900:2035? sentence_plan_on=dmy:1900:2035? team_code?",
    "performance_return": "area_code data_period=period:1990:2035 measure_code numerator=num:0:1000000 "
    "denominator=num:0:1000000?",
    "performance_target": "performance_year=year:1990:2035 area_code measure_code target=num:0:1000000 "
    "direction={higher,lower} profile=twelve:0:1000000??",
    "area_profile": "area_code as_at=date:1970:2035 population=int:0:100000000? density_per_sq_km=num:0:1000000? "
    "minority_ethnic_pct=num:0:100? recorded_crime_per_1000=num:0:10000? violent_crime_per_1000=num:0:10000? "
    "found_guilty_or_cautioned_per_100k=num:0:100000? family_group? main_revenue_gbp_m=num:0:10000? "
    "size_rank=int:1:1000? scorecard_rank=int:1:1000? scorecard_units=int:1:1000? source?",
    "ippf": "area_code period_from=date:1970:2035 period_to=date:1970:2035 domain metric "
    + " ".join(f"{name}=figure:-100000000:100000000?" for name in ("actual", "target", "national", "previous_year"))
    + " ippf_grade=grade:1:4? counts_towards_domain={0,1} predicted=figure:-100000000:100000000?? "
    "difference=figure:-100000000:100000000?? significant={Yes,No}??",
    "unpaid_work": "area_code year=span:1990:2035 table item value=num:0:100000000? unit={percent,count}",
    "caseload": "area_code year=span:1990:2035 table item value=num:0:100000000 unit={percent,cases,gbp_m,places}",
}
OPTIONAL = {
    (kind, word.partition("=")[0].rstrip("?"))
    for kind, words in COLUMNS.items()
    for word in words.split()
    if word.endswith("??")
}
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
    "decision": "inspection_id decision",
    "case_need": "inspection_id case_id need",
    "case_classification": "inspection_id case_id",
    "theme": "theme_code area_code",
    "theme_recommendation": "theme_code recommendation_no",
    "nsmart": "area_code data_period record_no",
    "performance_return": "area_code data_period measure_code",
    "performance_target": "performance_year area_code measure_code",
    "area_profile": "area_code as_at",
    "ippf": "area_code period_from period_to metric",
    "unpaid_work": "area_code year table item",
    "caseload": "area_code year table item unit",
}
IDENTIFIERS = {
    **dict.fromkeys(("case_sample", "judgement", "case_outcome", "case_need", "case_classification"), "case_id"),
    "nsmart": "case_ref",
}
FREE_KEYS = {"area_profile", "ippf", "unpaid_work", "caseload"}
LONGEST_CELL = 1_000

SEEDS = Path(__file__).parents[2] / "seeds" / "performance" / "measures.csv"


def measures(*units: str) -> set[str]:
    """Codes of the measures of these units."""
    with SEEDS.open(encoding="utf-8") as seed:
        return {row["measure_code"] for row in csv.DictReader(seed) if row["unit"] in units}


PROPORTIONS, RATIOS = measures("proportion"), measures("proportion", "days_per_head")


def columns(kind: str) -> dict[str, str]:
    """Type of each column of a kind, by its name; with ? at its end where a cell may be empty."""
    words = (word.replace("??", "?").partition("?") for word in COLUMNS[kind].split())
    parts = ((*word.partition("="), may_be_empty) for word, may_be_empty, _ in words)
    return {name: type_.replace("~", " ") + may_be_empty for name, _, type_, may_be_empty in parts}


# What Unicode's DerivedCoreProperties.txt lists as Default_Ignorable_Code_Point, first and last of each range.
IGNORABLE = (
    "00AD 034F 061C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0 FFF0-FFF8 "
    "1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
INTERLINEAR = "FFF9-FFFB"
UNSEEN = {
    chr(code)
    for first, _, last in (word.partition("-") for word in f"{IGNORABLE} {INTERLINEAR}".split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
}
SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
NUMBER = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d\d?))?", re.A)
NO_VALUE = ("null", "none", "n/a")
WORDS = ("###", "n/a", "under review")
"""What stands in place of a figure or grade of the framework, kept as it is."""


def _shows(letter: str) -> bool:
    return letter in SPACES or not (letter in UNSEEN or unicodedata.category(letter) == "Cc")


def _text(cell: str) -> str:
    shown = unicodedata.normalize("NFC", "".join(filter(_shows, cell)))
    lines = [re.sub(r"\s+", " ", line).strip() for line in LINE_ENDS.split(shown)]
    return "\n".join(lines).strip()


def _value(text: str) -> Fraction | None:
    """The number that a text writes in any notation, kept to nine places; None where it writes none."""
    match = NUMBER.fullmatch(text)
    if not match or not (match[2] or match[3]) or len(match[2]) > 40 or len(match[3] or "") > 40:
        return None
    digits = Fraction(int(match[2] + (match[3] or "")), 10 ** len(match[3] or ""))
    exact = digits * Fraction(10) ** int(match[4] or 0)
    nearest = Fraction(int(exact * 10**9 + Fraction(1, 2)), 10**9)
    return -nearest if match[1] == "-" else nearest


def _digits(text: str) -> str:
    """A number in one spelling; any other text as it is."""
    value = _value(text)
    if value is None:
        return text
    whole, part = divmod(abs(value), 1)
    places = f"{int(part * 10**9):09}".rstrip("0")
    return ("-" if value < 0 else "") + f"{whole}" + (f".{places}" if places else "")


def canonical(type_: str, cell: str) -> str | None:
    """The one spelling of what a cell holds; None where it holds nothing."""
    text = _text(cell)
    base = type_.removesuffix("?").partition(":")[0]
    if base in ("figure", "grade") and text.lower() in WORDS:
        return text.lower()
    if base in ("int", "num", "grade"):
        text = _digits(text)
    if base == "figure":
        number = text.removesuffix("%")
        text = _digits(number.strip()) + text[len(number) :]
    if base == "twelve":
        text = ";".join(_digits(_text(part)) for part in text.split(";"))
    return None if not text or (type_.endswith("?") and text.lower() in NO_VALUE) else text


def _is_within(value: Fraction | int | None, bounds: list[str]) -> bool:
    return value is not None and int(bounds[0]) <= value <= int(bounds[1])


def _is_date(text: str, shape: str, spelling: str, years: list[str]) -> bool:
    try:
        return bool(re.fullmatch(shape, text, re.A)) and _is_within(datetime.strptime(text, spelling).year, years)
    except ValueError:
        return False


def _is_year(text: str, years: list[str]) -> bool:
    match = re.fullmatch(r"(\d{4})/(\d\d)", text, re.A)
    return bool(match) and (int(match[1]) + 1) % 100 == int(match[2]) and _is_within(int(match[1]), years)


def _is_span(text: str, years: list[str]) -> bool:
    match = re.fullmatch(r"(\d{4})(-(0[1-9]|1[0-2]))?", text, re.A)
    return (bool(match) and _is_within(int(match[1]), years)) or _is_year(text, years)


def _is_period(text: str, years: list[str]) -> bool:
    match = re.fullmatch(r"(0[1-9]|1[0-2])(\d\d)", text, re.A)
    return bool(match) and any(_is_within(century + int(match[2]), years) for century in (1900, 2000))


# What a spreadsheet shows where a formula has no value.
ERROR = re.compile(r"#(N/A|GETTING_DATA|[A-Z0-9/]+[!?])")

TYPES: dict[str, Callable[[str, list[str]], bool]] = {
    "": lambda text, _: text[0] not in "=+-@" and not ERROR.fullmatch(text),
    "int": lambda text, bounds: text.lstrip("-").isdigit() and _is_within(_value(text), bounds),
    "num": lambda text, bounds: _is_within(_value(text), bounds),
    "figure": lambda text, bounds: text in WORDS or _is_within(_value(text.removesuffix("%")), bounds),
    "grade": lambda text, bounds: text in WORDS or TYPES["int"](text, bounds),
    "twelve": lambda text, bounds: all(_is_within(_value(part), bounds) for part in text.split(";")),
    "date": lambda text, years: _is_date(text, r"\d{4}-\d\d-\d\d", "%Y-%m-%d", years),
    "dmy": lambda text, years: _is_date(text, r"\d\d/\d\d/\d{4}", "%d/%m/%Y", years),
    "period": _is_period,
    "year": _is_year,
    "span": _is_span,
}


def cell_fits(type_: str, cell: str | None) -> bool:
    """Whether a cell in its canonical spelling is what its column holds."""
    if cell is None:
        return type_.endswith("?")
    type_ = type_.removesuffix("?")
    if len(cell) > LONGEST_CELL or canonical(type_, cell) != cell:
        return False
    if type_.endswith("}"):
        several, _, codes = type_.removesuffix("}").partition("{")
        return all(one in codes.split(",") for one in (cell.split(";") if several else [cell]))
    base, *bounds = type_.split(":")
    return TYPES[base](cell, bounds)


def _number(row: Row, name: str) -> float:
    return float(row[name] or "nan")


RULES: dict[str, Callable[[Row], bool]] = {
    "inspection": lambda r: (
        str(r["fieldwork_from"]) <= str(r["fieldwork_to"]) and r["follow_up_of"] != r["inspection_id"]
    ),
    "published_score": lambda r: _is_published_figure(r),
    "survey": lambda r: (
        any(r[name] for name in ("positive", "positive_pct", "response_pct"))
        and not _number(r, "positive") > _number(r, "responded")
        and not _number(r, "responded") > _number(r, "asked")
        and not _number(r, "positive") > _number(r, "asked")
    ),
    "decision": lambda r: (
        not (r["plan_due_on"] and r["implementation_due_on"] and r["implementation_due_on"] < r["plan_due_on"])
        and not (r["decision"] == "no_further_inspection" and r["planned_for"])
    ),
    "caseload": lambda r: (
        not (r["unit"] == "percent" and _number(r, "value") > 100)
        and not (r["unit"] in ("cases", "places") and "." in str(r["value"]))
    ),
    "nsmart": lambda r: _number(r, "appts_kept") <= _number(r, "appts_arranged"),
    "performance_return": lambda r: (
        not (
            (r["measure_code"] in RATIOS and r["denominator"] is None)
            or (r["measure_code"] in PROPORTIONS and _number(r, "numerator") > _number(r, "denominator"))
        )
    ),
    "ippf": lambda r: str(r["period_from"]) <= str(r["period_to"]),
    "unpaid_work": lambda r: r["unit"] != "percent" or not _number(r, "value") > 100,
    "performance_target": lambda r: r["profile"] is None or _profile_fits(r, r["profile"].split(";")),
}


def _is_published_figure(r: Row) -> bool:
    parts = [r["published_numerator"], r["published_below"]]
    counts = [*parts, r["published_denominator"]]
    if r["level"] != "question":
        return bool(r["published_score_pct"] or r["published_rating"]) and not any(counts)
    base = _number(r, "published_denominator")
    fits = not any(_number({"part": part}, "part") > base for part in parts)
    whole = not all(counts) or sum(_number({"part": part}, "part") for part in parts) == base
    return any([r["published_score_pct"], *parts]) and fits and whole


def _profile_fits(row: Row, parts: list[str]) -> bool:
    total = sum((_value(part) or Fraction(0) for part in parts), Fraction(0))
    return len(parts) == 12 and row["measure_code"] not in RATIOS and total == _value(str(row["target"]))


def own_file_key(kind: str, row: Row) -> str | None:
    """The key that a row's file must have; None where any will do."""
    if kind in FREE_KEYS:
        return None
    if kind in ("nsmart", "performance_return"):
        return f"{row['area_code']}_{row['data_period']}"
    if kind == "performance_target":
        return str(row["performance_year"]).replace("/", "-")
    if kind in ("theme", "theme_recommendation"):
        return str(row["theme_code"])
    return str(row["inspection_id"])


def row_fits(kind: str, file_key: str, row: Row) -> bool:
    """Whether a row on its own is what its kind says."""
    if not all(cell_fits(type_, row[name]) for name, type_ in columns(kind).items()):
        return False
    if kind == "caseload" and not file_key.startswith(f"{row['area_code']}_"):
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
