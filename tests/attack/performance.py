"""What anyone can know from schema `public` of performance: months, figures to date, pools, groups and the scorecard.

A figure is at (kind, measure, area, performance year, month); targets are published, so an attacker has them all.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from flows.settings import PROJECT
from tests.attack.solver import Knowledge, Name
from tests.attack.tables import HALF, Tables, follow_rate

At = tuple[Any, ...]
EXACT = 1e-9
MOST = 4
"""The largest small count."""


class Figures:
    """What the tables say of areas' figures, as it is gathered. targets: denominators that count no people."""

    def __init__(self, knowledge: Knowledge, tables: Tables) -> None:
        rows = _seed("disclosure/public_measures.csv")
        self.knowledge, self.tables = knowledge, tables
        self.met_people = {row["measure_code"] for row in rows if row["numerator_counts_people"] == "1"}
        self.asked_people = {row["measure_code"] for row in rows if row["denominator_counts_people"] == "1"}
        self.targets: dict[At, float] = {}

    def counts(self, at: At, numerator: float | None, denominator: float | None) -> None:
        """What a row shows of its counts, and that they complement each other."""
        if at[1] in self.met_people:
            self.knowledge.published(("met", *at), numerator)
        if at[1] in self.asked_people:
            self.knowledge.published(("asked", *at), denominator)
            self.knowledge.total(("asked", *at), [("met", *at), ("missed", *at)])

    def rate(self, at: At, *rates: float | None, half: float = EXACT) -> None:
        """Rates of a figure of which not every count is shown."""
        met, asked = ("met", *at), ("asked", *at)
        for rate in {rate for rate in rates if rate is not None}:
            if met in self.knowledge.low and asked in self.knowledge.low:
                if self.knowledge.known(met) is None or self.knowledge.known(asked) is None:
                    follow_rate(self.knowledge, met, asked, rate, half)
            elif met in self.knowledge.low and at in self.targets and self.knowledge.known(met) is None:
                self.knowledge.relate({met: 1}, (rate - half) * self.targets[at], (rate + half) * self.targets[at])

    def pool(self, members: Iterable[At], rate: float | None, half: float = HALF) -> None:
        """What areas come to together, to within what rounding leaves open; known ones say nothing."""
        members = [at for at in members if ("met", *at) in self.knowledge.low]
        if rate is None or all(self.knowledge.known(("met", *at)) is not None for at in members):
            return
        for side, low, high in ((-half, 0.0, float("inf")), (half, -float("inf"), 0.0)):
            weights: dict[Name, float] = {("met", *at): 1.0 for at in members}
            weights |= {("asked", *at): -(rate + side) for at in members if ("asked", *at) in self.knowledge.low}
            target = (rate + side) * sum(self.targets.get(at, 0) for at in members)
            self.knowledge.relate(weights, low + target, high + target)


def _seed(path: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / path).open(encoding="utf-8") as seed:
        return list(csv.DictReader(seed))


def gather_performance(knowledge: Knowledge, tables: Tables) -> None:
    """Complements, rates, figures to date as sums of months, areas in their pools, and what follows from these."""
    figures = Figures(knowledge, tables)
    for kind in ("month", "to_date"):
        _areas(figures, kind)
    for part in (_signals, _printed, _scorecard_measures, _scores, _unpaid_work, _groups, _items):
        part(figures)
    _add_up_months(knowledge)


def _areas(figures: Figures, kind: str) -> None:
    pools, values = defaultdict(list), {}
    query = f"""select measure_code, area_code, performance_year, period_month, numerator, denominator,
            known_denominator, [value, scaled_value, target + difference, target * achievement],
            change_on_year, ['ENW', region, family_group], [national_value, region_value, family_value]
        from public.fct_performance_{kind} join marts.dim_area using (area_code) join
            (select area_code, measure_code, period_month, denominator as known_denominator
            from marts.fct_performance_{kind}) using (area_code, measure_code, period_month)"""
    for measure, *key, numerator, denominator, target, rates, change, groups, pooled in figures.tables.rows(query):
        at, month = (kind, measure, *key), key[2]
        figures.counts(at, numerator, denominator)
        if measure in figures.met_people - figures.asked_people and target is not None:
            figures.targets[at] = target
        figures.rate(at, *rates)
        if measure == "ETH":
            figures.knowledge.total(("asked", *at), [("asked", kind, "CMP", *key)])
        values[measure, key[0], month] = at, rates[0], change
        for group, value in zip(groups, pooled, strict=True):
            pools[measure, month, group, value].append(at)
    for (_, _, _, value), members in pools.items():
        figures.pool(members, value)
    for (measure, area, month), (at, value, change) in values.items():
        before = values.get((measure, area, month.replace(year=month.year - 1)))
        if change is not None and before:
            figures.rate(at, None if before[1] is None else before[1] + change)
            figures.rate(before[0], None if value is None else value - change)


def _signals(figures: Figures) -> None:
    """A mean is of the months before, and limits tell the number of cases."""
    query = """select measure_code, area_code, performance_year, period_month, numerator, denominator, value, centre,
        upper_limit from public.fct_performance_signal order by period_month"""
    series: dict[At, list[At]] = defaultdict(list)
    for measure, *key, numerator, denominator, value, centre, upper in figures.tables.rows(query):
        at = ("month", measure, *key)
        figures.counts(at, numerator, denominator)
        figures.rate(at, value)
        figures.pool([other for other in series[measure, key[0]] if _within(other[4], key[2])], centre, EXACT)
        if measure in figures.asked_people and upper is not None and centre < upper < 1:
            cases = 9 * centre * (1 - centre) / (upper - centre) ** 2
            figures.knowledge.number(("asked", *at), cases - EXACT, cases + 1e-6)
        series[measure, key[0]].append(at)


def _within(month: date, later: date, months: int = 24) -> bool:
    return (later.year - month.year) * 12 + later.month - month.month <= months


def _printed(figures: Figures) -> None:
    """Printed in whole per cents, or in tenths."""
    decimals = {row["measure_code"]: int(row["decimals"]) for row in _seed("performance/printed_measures.csv")}
    query = """select measure_code, area_code, performance_year, period_month, area_value / 100
        from public.fct_area_performance_table"""
    for measure, *key, value in figures.tables.rows(query):
        figures.rate(("to_date", measure, *key), value, half=HALF / 10 ** decimals[measure] + EXACT)


def _scorecard_measures(figures: Figures) -> None:
    query = """select measure_code, area_code, performance_year, period_month, [scaled_value, target * achievement,
            case when capped_achievement < cap then target * capped_achievement end,
            case when points < weight * cap then target * points / weight end]
        from public.fct_scorecard_measure where unit_code = area_code"""
    for measure, *key, rates in figures.tables.rows(query):
        figures.rate(("to_date", measure, *key), *rates)


def _scores(figures: Figures) -> None:
    """A score is a mean of capped achievements. The attacker is told more than anyone knows: how many people each of
    the suppressed ones is of, if not few. So these counts have names of their own, from which nothing else follows.
    """
    scores = defaultdict(list)
    query = """select unit_code, period_month, measure_code, weight, shown.capped_achievement, shown.status,
            figure.target * figure.denominator, figure.denominator, figure.numerator, score, measures_met
        from public.fct_scorecard_measure as shown
        join marts.fct_performance_to_date as figure using (period_month, measure_code)
        join public.fct_scorecard using (unit_code, period_month)
        where unit_code = figure.area_code and missing_because is null"""
    for unit, month, *row in figures.tables.rows(query):
        scores[unit, month].append(row)
    for key, rows in scores.items():
        if figures.tables.schema == "public":
            _score(figures, key, rows)
        else:
            for measure, _, _, _, _, asked, met, *_ in rows:
                figures.knowledge.published(("scored_met", *key, measure), met)
                figures.knowledge.published(("scored_missed", *key, measure), asked - met)


def _score(figures: Figures, key: At, rows: list[list[Any]]) -> None:
    knowledge, every = figures.knowledge, sum(row[1] for row in rows)
    hidden = [row for row in rows if row[2] is None]
    weights: dict[Name, float] = {("capped", *key, row[0]): row[1] / every for row in hidden}
    shown = sum(row[1] / every * row[2] for row in rows if row[2] is not None)
    (*_, score, met), most = rows[0], 1.0
    knowledge.proportions.update(weights)
    for name in weights:
        knowledge.number(name, 0, 1)
    if score is not None and hidden:
        most = score + HALF - shown + EXACT
        knowledge.relate(weights, most - 2 * HALF - 2 * EXACT, most)
    met_of_hidden = None if met is None else met - sum(row[3] == "met" for row in rows)
    for measure, weight, _, _, on_target, asked, *_ in hidden:
        if met_of_hidden == len(hidden):
            knowledge.number(("capped", *key, measure), 1, 1)
        is_missed = met_of_hidden == 0 or most < weight / every
        if measure in figures.met_people and asked > MOST:
            _scored_people(figures, (*key, measure), asked, on_target, is_missed)


def _scored_people(figures: Figures, at: At, asked: float, on_target: float, is_missed: bool) -> None:
    """The least that the achievement stands for; no more than that where the target is known to be missed."""
    name, capped = ("scored_met", *at), ("capped", *at)
    figures.knowledge.published(name, None)
    figures.knowledge.relate({name: 1, capped: -on_target}, -EXACT, EXACT if is_missed else float("inf"))
    if at[-1] in figures.asked_people:
        figures.knowledge.relate({name: 1, ("scored_missed", *at): 1}, asked, asked)


def _unpaid_work(figures: Figures) -> None:
    pools = defaultdict(list)
    query = """select period, 'ECP', area_code, performance_year, period_month, completions, completions_achievement,
        completions_national_achievement from public.fct_unpaid_work_summary"""
    for *key, completions, achievement, national in figures.tables.rows(query):
        at = tuple(key)
        if ("met", *at) in figures.knowledge.low:
            figures.counts(at, completions, None)
            figures.rate(at, achievement)
            pools[at[0], at[4], national].append(at)
    for (_, _, national), members in pools.items():
        figures.pool(members, national)


def _groups(figures: Figures) -> None:
    """Groups of a characteristic sum to the area. All measures but ENF and PPO_TIME are of the same cases."""
    wholes, pools = defaultdict(list), defaultdict(list)
    query = """select measure_code, area_code, performance_year, characteristic, category, period_month, numerator,
        denominator, [value, area_value + difference], national_value from public.fct_performance_equality"""
    for measure, *key, month, numerator, denominator, rates, national in figures.tables.rows(query):
        if measure in figures.asked_people:
            at, (area, year, characteristic, category) = ("group", measure, *key), key
            figures.counts(at, numerator, denominator)
            figures.rate(at, *rates)
            _same_cases(figures.knowledge, at)
            wholes["to_date", measure, area, year, month, characteristic].append(at)
            pools[measure, year, characteristic, category, national].append(at)
    for whole, members in wholes.items():
        for count in ("met", "asked", "missed"):
            if (count, *whole[:5]) in figures.knowledge.low:
                figures.knowledge.total((count, *whole[:5]), [(count, *at) for at in members])
    for pool, members in pools.items():
        figures.pool(members, pool[-1])


def _same_cases(knowledge: Knowledge, at: At) -> None:
    _, measure, *key, characteristic, category = at
    if measure == "ETH" or ((measure, characteristic) == ("ROH_TIME", "risk_of_harm") and category in ("H", "V")):
        knowledge.total(("asked", *at), [("asked", "group", "CMP", *key, characteristic, category)])
    if (measure, characteristic) == ("ETH", "ethnicity_group"):
        knowledge.published(("met" if category == "Not known" else "missed", *at), 0)


def _items(figures: Figures) -> None:
    """A published table on unpaid work that adds up, or of which the sum is shown."""
    parts = defaultdict(list)
    query = "select area_code, year, table_title, item, value from public.fct_unpaid_work where unit = 'count'"
    for *key, item, value in figures.tables.rows(query):
        figures.knowledge.published(("item", *key, item), value)
        parts[tuple(key)].append(("item", *key, item))
    query = """select area_code, year, table_title, total_item, sum_of_parts, verdict
        from public.fct_unpaid_work_reconciliation"""
    for *key, total_item, sum_of_parts, verdict in figures.tables.rows(query):
        total, own = ("item", *key, total_item), parts[tuple(key)]
        others = [name for name in own if name != total]
        if verdict == "consistent" and total in own:
            figures.knowledge.total(total, others)
        if sum_of_parts is not None and others:
            figures.knowledge.relate(dict.fromkeys(others, 1), sum_of_parts, sum_of_parts)


def _add_up_months(knowledge: Knowledge) -> None:
    """A figure to date is the one before and the month; two shown ones tell what was added between them."""
    series = defaultdict(list)
    for name in knowledge.low:
        if name[1] == "to_date":
            series[name[0], name[2], name[3], name[4]].append(name)
    for names in series.values():
        before, shown = None, None
        for name in sorted(names, key=lambda name: name[5]):
            month = (name[0], "month", *name[2:])
            parts = [month] if month in knowledge.low else []
            knowledge.total(name, [*parts, *([before] if before else [])])
            before = name
            if knowledge.known(name) is not None:
                knowledge.total(name, [("added", *name), *([shown] if shown else [])])
                shown = name
