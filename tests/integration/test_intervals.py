"""Standard errors, intervals, reliability, p- and q-values of the examples are those of code that shares no SQL."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import false_discovery_control

from tests import independent
from tests.independent import Estimate, Key, Sample
from tests.integration.conftest import House

Case = dict[str, Any]
Groups = dict[tuple[str, str], Sample]
"""Samples by inspection (or framework) and group."""

LEVELS = {"criterion": "criterion_code", "section": "section_code", "overall": "overall_code", "thread": "thread_code"}
CERTAINTY = "cases, score, standard_error, variance_floor, n_eff, ci_low, ci_high, reliability, is_reliable"
TESTED = "difference, standard_error, degrees_of_freedom, p_value, q_value, beyond_chance"
CHARACTERISTICS = ("sex", "ethnicity_group", "order_type", "risk_of_harm")
CASE = (
    *("case_key", "inspection_id", "sample", "order_type", "requirements", "risk_of_harm", "ppo", "tier"),
    *("oasys_alcohol", "oasys_drugs", "sex", "ethnicity_group", "assessor_type", "team_code"),
)


@pytest.fixture(scope="module")
def cases(examples: House) -> list[Case]:
    """The sampled cases, each with its relevant answers (1 where above the line) and its framework."""
    rows = examples.ask(
        "with cases as (select * replace (if(ppo, 'Y', 'N') as ppo) from marts.dim_case) "
        f"select {', '.join(CASE)}, framework_code from cases join marts.dim_inspection using (inspection_id)"
    )
    found: dict[str, Case] = {row[0]: dict(zip((*CASE, "framework"), row, strict=True), answers={}) for row in rows}
    for case, code, above in examples.ask(
        "select case_key, question_code, is_above_line from marts.fct_judgement where is_relevant"
    ):
        found[case]["answers"][code] = float(above)
    return sorted(found.values(), key=lambda case: str(case["case_key"]))


@pytest.fixture(scope="module")
def groups(cases: list[Case]) -> Groups:
    """Sample groups of each inspection."""
    named = {
        group["sample_group"]: (independent.in_group(group), group["follow_up_questions_only"] == "1")
        for group in independent.seed("sample_groups")
    }
    return _by_inspection(cases, named)


@pytest.fixture(scope="module")
def characteristics(cases: list[Case]) -> Groups:
    """Categories of each characteristic, and teams, of each inspection's main sample."""
    named = {
        f"{name}:{category}": (_of_main(name, category), False)
        for name in (*CHARACTERISTICS, "team_code")
        for category in {case[name] for case in cases if case[name] is not None}
    }
    return _by_inspection(cases, named)


def test_scores_are_as_certain_as_independent_code_says(examples: House, groups: Groups) -> None:
    expected: dict[Any, Any] = {}
    for (inspection, group), sample in groups.items():
        for (level, code), estimate in _estimates(sample, group).items():
            expected[inspection, group, level, code] = _certainty(estimate)
    found = {
        (inspection, group, level, code): tuple(rest)
        for level, column in LEVELS.items()
        for inspection, group, code, *rest in examples.ask(
            f"select inspection_id, sample_group, {column}, {CERTAINTY} from marts.fct_{level}_score"
        )
    }
    _agree(found, expected)
    assert {word for *_, word, _ in found.values()} == {"too few", "indicative", "reliable"}


@pytest.mark.parametrize("inspection_id", ["ESI-BED-2005", "OMI-NWA-2008"])
def test_standard_errors_are_close_to_a_jackknife_over_cases(groups: Groups, inspection_id: str) -> None:
    sample = groups[inspection_id, "all"]
    left = [_scores_without(sample, case) for case in range(len(sample.cases))]
    for key, estimate in independent.estimates(sample).items():
        jackknife = (len(left) - 1) * np.var([scores[key] for scores in left])
        if estimate.reliability == "reliable":
            assert np.sqrt(estimate.variance / jackknife) == pytest.approx(1, abs=0.1), key


def test_scores_of_characteristics_and_teams_are_as_certain_as_independent_code_says(
    examples: House, characteristics: Groups
) -> None:
    expected: dict[Any, Any] = {}
    for (inspection, group), sample in characteristics.items():
        for (level, code), estimate in independent.estimates(sample).items():
            expected[inspection, group, level, code] = _certainty(estimate)
    found = {
        (inspection, group, level, code): tuple(rest)
        for inspection, group, level, code, *rest in examples.ask(
            f"""
            select inspection_id, characteristic || ':' || category, level, code, {CERTAINTY}
            from marts.fct_equality_score
            union all
            select inspection_id, 'team_code:' || team_code, level, code, {CERTAINTY} from marts.fct_team_score
            """
        )
    }
    _agree(found, expected)


def test_pooled_scores_have_inspections_as_their_units(examples: House, cases: list[Case]) -> None:
    follow_ups = {
        row[0] for row in examples.ask("select inspection_id from marts.dim_inspection where follow_up_of is not null")
    }
    pooled = [case for case in cases if case["inspection_id"] not in follow_ups]
    expected: dict[Any, Any] = {}
    for group in independent.seed("sample_groups"):
        for framework in {case["framework"] for case in pooled if group["is_pooled"] == "1"}:
            belongs = independent.in_group(group)
            chosen = [case for case in pooled if case["framework"] == framework and belongs(case)]
            for (level, code), estimate in independent.estimates(_sample(chosen), pool=True).items() if chosen else ():
                expected[framework, group["sample_group"], level, code] = _certainty(estimate)
    found = {
        (framework, group, level, code): tuple(rest)
        for framework, group, level, code, *rest in examples.ask(
            f"""
            select framework_code, sample_group, level, code, {CERTAINTY} from marts.fct_pooled_score
            where pool = 'programme' and characteristic = 'none'
            """
        )
    }
    _agree(found, expected)
    assert any(row[5] is not None for row in found.values())


def test_intervals_for_the_caseload_are_those_of_its_size(examples: House, groups: Groups) -> None:
    rows = examples.ask(
        """
        select inspection_id, sample_group, criterion_code, caseload_cases, caseload_ci_low, caseload_ci_high
        from marts.fct_criterion_score where caseload_cases is not null
        """
    )
    sizes = {(inspection, group): size for inspection, group, _, size, *_ in rows}
    assert sizes == {("OMI-NWA-2008", "all"): 3032, ("OMI-NWA-2008", "ppo"): 73}
    for inspection, group, code, size, *ends in rows:
        sample = groups[inspection, group]
        expected = independent.estimates(sample, caseload=size)["criterion", code].caseload
        assert tuple(ends) == (pytest.approx(expected) if expected else (None, None))


def test_subsamples_are_tested_as_independent_code_does(examples: House, groups: Groups) -> None:
    tested: dict[Any, Any] = {}
    for (inspection, group), sample in groups.items():
        if group in ("all", "comparable"):
            continue
        whole = groups[inspection, "all"]
        tested |= {
            (inspection, group, *key): test for key, test in _against(sample, whole, apart=group == "post_cja").items()
        }
    _agree(
        {
            (inspection, group, level, code): tuple(rest)
            for inspection, group, level, code, *rest in examples.ask(
                f"select inspection_id, sample_group, level, code, {TESTED} from marts.fct_subsample_comparison"
            )
        },
        _judged(tested, family=lambda key: key[:2]),
    )


def test_characteristics_are_tested_as_one_family(examples: House, characteristics: Groups, groups: Groups) -> None:
    tested = {
        (inspection, *group.split(":"), *key): test
        for (inspection, group), sample in characteristics.items()
        if not group.startswith("team_code:")
        for key, test in _against(sample, groups[inspection, "all"]).items()
    }
    columns = TESTED.replace("standard_error", "difference_standard_error")
    found = {
        tuple(key): tuple(rest)
        for *key, a, b, c, d, e, f in examples.ask(
            f"select inspection_id, characteristic, category, level, code, {columns} from marts.fct_equality_score"
        )
        for rest in [(a, b, c, d, e, f)]
    }
    _agree(found, _judged(tested, family=lambda key: key[:2]))


def test_follow_ups_are_tested_as_independent_code_does(examples: House, groups: Groups) -> None:
    tested: dict[Any, Any] = {}
    for follow_up, original in examples.ask(
        "select inspection_id, follow_up_of from marts.dim_inspection where follow_up_of is not null"
    ):
        before = _estimates(groups[original, "comparable"], "comparable")
        after = _estimates(groups[follow_up, "comparable"], "comparable")
        for key in before.keys() & after.keys():
            tested[follow_up, key[1]] = _apart(after[key], before[key])
    found = {
        (inspection, code): tuple(rest)
        for inspection, code, *rest in examples.ask(
            f"""
            select inspection_id, criterion_code, {TESTED.replace("difference", "change")}
            from marts.fct_follow_up_change where status = 'compared'
            """
        )
    }
    assert found
    _agree(found, _judged(tested, family=lambda key: key[:1]))


Test = tuple[float, float, int, float | None]
"""Difference, its variance, degrees of freedom and p-value."""


def _against(part: Sample, whole: Sample, apart: bool = False) -> dict[Key, Test | None]:
    """A subsample beside all; None where all has no such score."""
    ours, of_all = _estimates(part, ""), _estimates(whole, "all")
    shared = np.isin(whole.cases, part.cases)
    return {
        key: None if key not in of_all else _apart(one, of_all[key]) if apart else _within(one, shared, of_all[key])
        for key, one in ours.items()
    }


def _apart(one: Estimate, other: Estimate) -> Test:
    df = min(one.cases, other.cases) - 1
    return _test(one, other, one.score - other.score, one.variance + other.variance, one.floor + other.floor, df)


def _within(one: Estimate, shared: npt.NDArray[np.bool_], whole: Estimate) -> Test:
    difference, variance, df = independent.overlapping(one, shared, whole)
    return _test(one, whole, difference, variance, one.floor, df)


def _test(one: Estimate, other: Estimate, difference: float, variance: float, floor: float, df: int) -> Test:
    few = "too few" in (one.reliability, other.reliability) or df < 1 or not variance + floor > independent.NOISE
    return difference, variance, df, None if few else independent.p_value(difference, variance + floor, df)


def _judged(tested: dict[Any, Test | None], family: Callable[[Any], Any]) -> dict[Any, Any]:
    """The tests with their q-values within each family, as marts give them."""
    families: dict[Any, list[Any]] = {}
    for key, test in tested.items():
        if test and test[3] is not None:
            families.setdefault(family(key), []).append(key)
    q_values: dict[Any, float] = {}
    for keys in families.values():
        values = [test[3] for key in keys if (test := tested[key])]
        q_values |= dict(zip(keys, false_discovery_control(values).tolist(), strict=True))
    return {key: _row(test, q_values.get(key)) for key, test in tested.items()}


def _row(test: Test | None, q_value: float | None) -> tuple[Any, ...]:
    if test is None:
        return (None,) * 6
    difference, variance, df, p_value = test
    error = None if np.isnan(variance) else float(np.sqrt(variance))
    return difference, error, df, p_value, q_value, None if q_value is None else q_value < 0.05


def _certainty(estimate: Estimate) -> tuple[Any, ...]:
    error = None if np.isnan(estimate.variance) else float(np.sqrt(estimate.variance))
    n_eff = None if np.isnan(estimate.n_eff) else estimate.n_eff
    ends = estimate.interval or (None, None)
    word = estimate.reliability
    return estimate.cases, estimate.score, error, estimate.floor, n_eff, *ends, word, word == "reliable"


def _estimates(sample: Sample, group: str) -> dict[Key, Estimate]:
    return independent.estimates(sample, sections=group != "comparable")


def _scores_without(sample: Sample, case: int) -> dict[Key, float]:
    above, relevant = np.delete(sample.above, case, axis=0), np.delete(sample.relevant, case, axis=0)
    asked = relevant.sum(axis=0) > 0
    proportions = above.sum(axis=0)[asked] / relevant.sum(axis=0)[asked]
    codes = [code for code, one in zip(sample.codes, asked, strict=True) if one]
    weights = independent.coefficients(sample.framework_code, codes)
    return {key: float(counted @ proportions) for key, counted in weights.items()}


def _by_inspection(cases: list[Case], named: dict[str, tuple[Callable[[Case], bool], bool]]) -> Groups:
    found: Groups = {}
    for inspection in {case["inspection_id"] for case in cases}:
        of_it = [case for case in cases if case["inspection_id"] == inspection]
        for group, (belongs, follow_up_only) in named.items():
            chosen = [case for case in of_it if belongs(case)]
            if chosen:
                found[inspection, group] = _sample(chosen, follow_up_only)
    return found


def _of_main(name: str, category: Any) -> Callable[[Case], bool]:
    return lambda case: case["sample"] == "main" and case[name] == category


def _sample(chosen: list[Case], follow_up_only: bool = False) -> Sample:
    framework = chosen[0]["framework"]
    asked = {
        row["question_code"]
        for row in independent.seed("questions")
        if row["framework_code"] == framework and (not follow_up_only or row["in_follow_up"] == "1")
    }
    codes = sorted({code for case in chosen for code in case["answers"]} & asked)
    above = np.array([[case["answers"].get(code, 0) for code in codes] for case in chosen])
    relevant = np.array([[float(code in case["answers"]) for code in codes] for case in chosen])
    return Sample(
        framework, [c["case_key"] for c in chosen], [c["inspection_id"] for c in chosen], codes, above, relevant
    )


def _agree(found: dict[Any, Any], expected: dict[Any, Any]) -> None:
    assert found.keys() == expected.keys()
    off = {key: (row, expected[key]) for key, row in found.items() if not _same(row, expected[key])}
    assert off == {}


def _same(row: Iterable[Any], expected: Iterable[Any]) -> bool:
    return all(
        one == (pytest.approx(other, rel=1e-6, abs=1e-9) if isinstance(other, float) else other)
        for one, other in zip(row, expected, strict=True)
    )
