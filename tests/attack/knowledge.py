"""What anyone can know from schema `public`: its numbers, shown or suppressed, and how they hang together.

Counts have the same name in whatever table they stand. What an attacker may know besides (weights of
questions) is taken from the tables that are public as they are; nothing else is read.
"""

import itertools
from collections import defaultdict
from typing import Any

import duckdb

from tests.attack.performance import gather_performance
from tests.attack.solver import Knowledge, Name
from tests.attack.tables import HALF, Tables, follow_rate

SCORES = {
    "fct_criterion_score": "'criterion', criterion_code",
    "fct_section_score": "'section', section_code",
    "fct_overall_score": "'overall', overall_code",
    "fct_thread_score": "'thread', thread_code",
}


THEMES = ("unpaid_work", "substance_misuse")


def gather(connection: duckdb.DuckDBPyConnection, schema: str = "public") -> Knowledge:
    """Everything that the tables say."""
    knowledge = Knowledge()
    for part in (_sizes, _profiles, _designs, _themes, _questions, _scores, _outcomes, _surveys, gather_performance):
        part(knowledge, Tables(connection, schema))
    return knowledge


def _sizes(knowledge: Knowledge, tables: Tables) -> None:
    """Cases of sample groups, from whatever table shows them, and what all cases have beyond a group."""
    scores = " union ".join(f"select inspection_id, sample_group, cases from public.{table}" for table in SCORES)
    themes = "select inspection_id, sample_group, cases from public.fct_theme_score"
    for inspection, group, cases in tables.rows(f"{scores} union {themes}"):
        knowledge.published(("cases", inspection, group), cases)
    for _, inspection, group in [name for name in knowledge.low if name[0] == "cases"]:
        if group not in ("all", "post_cja"):
            knowledge.total(("cases", inspection, "all"), [("cases", inspection, group), ("rest", inspection, group)])
        if group == "inspector":
            assessors = ("cases", inspection, "area_assessor")
            knowledge.total(("cases", inspection, "all"), [("cases", inspection, group), assessors])


def _profiles(knowledge: Knowledge, tables: Tables) -> None:
    """Cells of a characteristic sum to the sample; some of them are sample groups."""
    parts = defaultdict(list)
    query = "select inspection_id, sample_group, characteristic, category, cases from public.fct_caseload_profile"
    for inspection, group, characteristic, category, cases in tables.rows(query):
        cell = ("cell", inspection, group, characteristic, category)
        knowledge.published(cell, cases)
        parts["cases", inspection, group, characteristic].append(cell)
        if group == "all" and category in ("H", "V") and characteristic == "risk_of_harm":
            parts["cases", inspection, "high_roh", characteristic].append(cell)
        if group == "all" and (characteristic, category) == ("ppo", "Y"):
            parts["cases", inspection, "ppo", characteristic].append(cell)
    for whole, cells in parts.items():
        knowledge.total(whole[:3], cells)
    query = "select inspection_id, characteristic, category, max(cases) from public.fct_equality_score group by all"
    for inspection, characteristic, category, cases in tables.rows(query):
        knowledge.published(("cell", inspection, "all", characteristic, category), cases)


def _designs(knowledge: Knowledge, tables: Tables) -> None:
    groups = {"all_cases": "all", "high_risk": "high_roh", "area_assessors": "area_assessor"}
    query = "select inspection_id, design_part, part_cases, sampled_cases from public.fct_sample_design"
    for inspection, part, cases, sampled in tables.rows(query):
        knowledge.published(("cases", inspection, "all"), sampled)
        if part in groups:
            knowledge.published(("cases", inspection, groups[part]), cases)
            continue
        knowledge.published(("design", inspection, part), cases)
        orders = [name for name in knowledge.low if name[:4] == ("cell", inspection, "all", "order_type")]
        single = {"licences": "LIC", "custody": "CUS"}.get(part)
        own = [name for name in orders if (name[4] == single if single else name[4] not in ("LIC", "CUS"))]
        knowledge.total(("design", inspection, part), own)


def _themes(knowledge: Knowledge, tables: Tables) -> None:
    """Pooled cases are those of the inspections together."""
    members = defaultdict(set)
    query = "select framework_code, sample_group, inspection_id, pooled_cases from public.fct_theme_score"
    for framework, group, inspection, pooled in tables.rows(query):
        knowledge.published(("pooled", framework, group), pooled)
        members["pooled", framework, group].add(("cases", inspection, group))
    for pool, cases in members.items():
        knowledge.total(pool, cases)


def _questions(knowledge: Knowledge, tables: Tables) -> None:
    """Relevant = above + below the line; all cases are a theme's and the rest; a suppressed proportion is not known."""
    query = """select inspection_id, sample_group, question_code, relevant_cases, above_line_cases, proportion
        from public.fct_question_score"""
    for inspection, group, question, relevant, above, proportion in tables.rows(query):
        at = (inspection, group, question)
        knowledge.published(("relevant", *at), relevant)
        knowledge.published(("above", *at), above)
        knowledge.total(("relevant", *at), [("above", *at), ("below", *at)])
        if relevant != 0:
            knowledge.proportions.add(("proportion", *at))
            known = (proportion, proportion) if proportion is not None else (0, 1)
            knowledge.number(("proportion", *at), *known)
        if group in THEMES:
            for count in ("relevant", "above", "below"):
                knowledge.total((count, inspection, "all", question), [(count, *at), (f"rest_{count}", *at)])


def _scores(knowledge: Knowledge, tables: Tables) -> None:
    """A score in whole per cents is a sum of proportions (criteria, threads) or of scores (sections, overall)."""
    query = " union all ".join(
        f"select inspection_id, sample_group, {code}, framework_code, score from public.{table}"
        for table, code in SCORES.items()
    )
    scored = {}
    for inspection, group, level, code, framework, score in tables.rows(query):
        name = (level, inspection, group, code)
        knowledge.proportions.add(name)
        knowledge.number(name, *((0, 1) if score is None else (score - HALF, score + HALF)))
        scored[name] = framework
    parts = _parts(tables)
    for name, framework in scored.items():
        level, inspection, group, code = name
        members = [
            (member, weight, side, share)
            for kind, member_code, weight, side, share in parts[framework, level, code]
            if (member := (kind, inspection, group, member_code)) in knowledge.proportions
        ]
        _relate_score(knowledge, name, members)


def _parts(tables: Tables) -> dict[tuple[str, str, str], list[tuple[Any, ...]]]:
    """What a score is made of, by framework, level and code: kind, code, weight, side of the score and its share."""
    parts = defaultdict(list)
    query = """select q.framework_code, q.criterion_code, section_code, question_code, q.weight, is_summary, roh_thread,
        coalesce(summary_share, 0) from marts.dim_question as q
        join marts.dim_criterion using (framework_code, criterion_code)
        join marts.dim_framework using (framework_code)"""
    for framework, criterion, section, question, weight, is_summary, thread, share in tables.rows(query):
        side_share = share if is_summary else 1 - share
        parts[framework, "criterion", criterion].append(("proportion", question, weight, is_summary, side_share))
        if thread and framework == "OMI" and section in ("1", "2"):
            parts[framework, "thread", "ROH"].append(("proportion", question, 1, 0, 1))
    query = """select framework_code, section_code, criterion_code, case when section_method = 'plain_mean' then 1
        else weight end from marts.dim_criterion join marts.dim_framework using (framework_code)
        where scoring = 'percentage'"""
    for framework, section, criterion, weight in tables.rows(query):
        parts[framework, "section", section].append(("criterion", criterion, weight, 0, 1))
    query = "select framework_code, section_code, overall_weight from marts.dim_section where overall_weight > 0"
    weights = tables.rows(query)
    for framework in {row[0] for row in weights}:
        own = [("section", code, weight, 0, 1) for name, code, weight in weights if name == framework]
        parts[framework, "overall", "".join(sorted(code for _, code, *_ in own))] = own
    return parts


def _relate_score(knowledge: Knowledge, name: Name, members: list[tuple[Name, float, int, float]]) -> None:
    """The score less its weighted members is nothing; sides that nobody was asked about leave theirs to the other."""
    sides: dict[int, float] = defaultdict(float)
    shares = {side: share for _, _, side, share in members}
    for _, weight, side, _ in members:
        sides[side] += weight
    if members:
        weights = {
            member: share * weight / sides[side] / sum(shares.values()) for member, weight, side, share in members
        }
        knowledge.relate({**weights, name: -1}, -1e-9, 1e-9)


def _outcomes(knowledge: Knowledge, tables: Tables) -> None:
    """Outcomes and their complements; all cases are a theme's and the rest; a longer period adds to a shorter one."""
    outcomes = {
        "reconviction": ("months", ("cases", "observed_cases", "reconvicted_cases")),
        "oasys_change": ("0", ("scored_cases", "rescored_cases", "improved_cases")),
    }
    for table, (period, counts) in outcomes.items():
        query = f"select inspection_id, sample_group, {period}, {', '.join(counts)} from public.fct_{table}"
        for inspection, group, months, *values in tables.rows(query):
            for count, value in zip(counts, values, strict=True):
                knowledge.published((count, inspection, group, months), value)
            for more, fewer in itertools.pairwise(counts):
                at = (inspection, group, months)
                knowledge.total((more, *at), [(fewer, *at), (f"not_{fewer}", *at)])
            if group in THEMES:
                for count in counts:
                    own = [(count, inspection, group, months), (f"rest_{count}", inspection, group, months)]
                    knowledge.total((count, inspection, "all", months), own)


def _surveys(knowledge: Knowledge, tables: Tables) -> None:
    query = """select inspection_id, respondent_group, survey_question, asked, responded, positive, response_rate,
        positive_share from public.fct_survey_result"""
    for *key, asked, responded, positive, rate, share in tables.rows(query):
        counts = {"asked": asked, "responded": responded, "positive": positive}
        for count, value in counts.items():
            knowledge.published((count, *key), value)
        knowledge.total(("asked", *key), [("responded", *key), ("silent", *key)])
        knowledge.total(("responded", *key), [("positive", *key), ("other", *key)])
        follow_rate(knowledge, ("responded", *key), ("asked", *key), rate)
        follow_rate(knowledge, ("positive", *key), ("responded", *key), share)
