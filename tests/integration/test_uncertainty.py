"""Standard errors of the example inspections agree with a jackknife over cases that shares no code with the models."""

import csv
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from tests.integration.conftest import PROJECT, House

Floats = npt.NDArray[np.float64]
Scores = dict[tuple[str, str], float]

MARTS = {"criterion": "criterion_code", "section": "section_code", "overall": "overall_code", "thread": "thread_code"}


@pytest.mark.parametrize("inspection_id", ["ESI-BED-2005", "OMI-NWA-2008"])
def test_standard_errors_agree_with_a_jackknife_over_cases(examples: House, inspection_id: str) -> None:
    framework_code = inspection_id[:3]
    codes, above, relevant = _judgements(examples, inspection_id)
    score = {"ESI": _esi, "OMI": _omi}[framework_code]
    expected = _jackknife(_questions(framework_code, codes), above, relevant, score)
    found = _standard_errors(examples, inspection_id)
    assert set(found) == set(expected)
    # Where a question applied to a handful of cases, leaving one out is no small change, and the jackknife is larger.
    fewest = _fewest(_questions(framework_code, codes), relevant)
    compared = [key for key in found if fewest[key] >= 10]
    assert len(compared) > 7
    assert {key: found[key] / expected[key] for key in compared} == pytest.approx(dict.fromkeys(compared, 1), rel=0.05)


def _fewest(questions: list[dict[str, str]], relevant: Floats) -> dict[tuple[str, str], float]:
    """Fewest cases that any question of a criterion, of a section, or of all, applied to."""
    fewest: dict[tuple[str, str], float] = {}
    for row, cases in zip(questions, relevant.sum(axis=0), strict=True):
        code = row["criterion_code"]
        for key in (("criterion", code), ("section", code[0]), ("overall", "BCD"), ("thread", "ROH")):
            fewest[key] = min(cases, fewest.get(key, cases))
    return fewest


def _jackknife(
    questions: list[dict[str, str]],
    above: Floats,
    relevant: Floats,
    score: Callable[[list[dict[str, str]], Floats], Scores],
) -> Scores:
    """Leave out each case in turn and score the others again."""
    cases = len(above)
    with np.errstate(invalid="ignore"):
        left = [
            score(questions, (above.sum(axis=0) - above[case]) / (relevant.sum(axis=0) - relevant[case]))
            for case in range(cases)
        ]
    return {key: float(np.sqrt((cases - 1) * np.var([one[key] for one in left]))) for key in left[0]}


def _esi(questions: list[dict[str, str]], proportions: Floats) -> Scores:
    weights = {row["criterion_code"]: float(row["weight"] or 0) for row in _seed("criteria")}
    criteria = {code: float(np.nanmean(values)) for code, values in _by_criterion(questions, proportions).items()}
    sections = {}
    for section in "BCD":
        members = [code for code in criteria if code.startswith(section)]
        sections[section] = float(np.average([criteria[m] for m in members], weights=[weights[m] for m in members]))
    overall = 0.3 * sections["B"] + 0.4 * sections["C"] + 0.3 * sections["D"]
    return _scores(criterion=criteria, section=sections, overall={"BCD": overall})


def _omi(questions: list[dict[str, str]], proportions: Floats) -> Scores:
    plain = [row["is_summary"] == "0" for row in questions]
    of_plain = _by_criterion(questions, np.where(plain, proportions, np.nan))
    of_summary = _by_criterion(questions, np.where(plain, np.nan, proportions))
    criteria = {c: float(0.8 * np.nanmean(of_plain[c]) + 0.2 * np.nanmean(of_summary[c])) for c in of_plain}
    sections = {s: float(np.mean([v for code, v in criteria.items() if code[0] == s])) for s in "123"}
    thread = {row["question_code"] for row in _seed("thread_questions") if row["framework_code"] == "OMI"}
    in_thread = [row["question_code"] in thread and row["criterion_code"][0] in "12" for row in questions]
    return _scores(criterion=criteria, section=sections, thread={"ROH": float(np.nanmean(proportions[in_thread]))})


def _by_criterion(questions: list[dict[str, str]], proportions: Floats) -> dict[str, Floats]:
    codes = np.array([row["criterion_code"] for row in questions])
    return {code: proportions[codes == code] for code in dict.fromkeys(codes.tolist())}


def _scores(**levels: dict[str, float]) -> Scores:
    return {(level, code): float(value) for level, scores in levels.items() for code, value in scores.items()}


def _judgements(house: House, inspection_id: str) -> tuple[list[str], Floats, Floats]:
    """Codes of the scored questions that applied to anyone, and case x question: 1 if above the line, 1 if relevant."""
    rows = house.ask(
        f"""
        select case_key, question_code, is_above_line, is_relevant
        from marts.fct_judgement inner join marts.dim_case using (inspection_id, case_key)
        where inspection_id = '{inspection_id}' and sample = 'main' and is_relevant
        """
    )
    descriptive = {row["criterion_code"] for row in _seed("criteria") if row["scoring"] == "descriptive"}
    criterion = {row["question_code"]: row["criterion_code"] for row in _seed("questions") if row["weight"] != "0"}
    rows = [row for row in rows if criterion.get(row[1], "") not in {"", *descriptive}]
    cases, codes = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    above, relevant = np.zeros((len(cases), len(codes))), np.zeros((len(cases), len(codes)))
    for case, code, is_above, is_relevant in rows:
        above[cases.index(case), codes.index(code)] = is_above
        relevant[cases.index(case), codes.index(code)] = is_relevant
    return codes, above, relevant


def _questions(framework_code: str, codes: list[str]) -> list[dict[str, str]]:
    rows = {row["question_code"]: row for row in _seed("questions") if row["framework_code"] == framework_code}
    return [rows[code] for code in codes]


def _standard_errors(house: House, inspection_id: str) -> Scores:
    where = f"inspection_id = '{inspection_id}' and sample_group = 'all'"
    return {
        (level, code): error
        for level, column in MARTS.items()
        for code, error in house.ask(f"select {column}, standard_error from marts.fct_{level}_score where {where}")
    }


def _seed(name: str) -> list[dict[str, str]]:
    path = PROJECT / "seeds" / "inspection" / f"{name}.csv"
    return list(csv.DictReader(path.open(encoding="utf-8")))
