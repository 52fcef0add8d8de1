"""Which inspections there are: their frameworks, areas, dates and follow-ups."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from bench.generator.plan import Plan
from bench.generator.reference import questions, seed_rows

FOLLOW_UP_EVERY = 5
"""In a framework that has follow-ups every fifth inspection is one, of the inspection four before it."""


@dataclass(frozen=True)
class Inspection:
    """An inspection to be. number: its place among all; post_cja: whether it has a sample of 2003 Act orders."""

    number: int
    inspection_id: str
    framework_code: str
    area_code: str
    year: int
    fieldwork_from: date
    follow_up_of: str
    cases: int
    post_cja: bool

    @property
    def fieldwork_to(self) -> date:
        """Fieldwork takes four weeks and ends on a Friday."""
        return self.fieldwork_from + timedelta(days=25)

    @property
    def published_on(self) -> date:
        """Reports come out four months later."""
        return self.fieldwork_to + timedelta(days=120)


def inspections(plan: Plan) -> list[Inspection]:
    """All inspections of a plan: the frameworks take turns, and within one the areas do."""
    frameworks = seed_rows("inspection/frameworks.csv")
    planned: list[Inspection] = []
    ids_used: Counter[str] = Counter()
    for number in range(plan.inspections):
        framework = frameworks[number % len(frameworks)]
        siblings = [one for one in planned if one.framework_code == framework["framework_code"]]
        planned.append(_inspection(plan, number, framework, siblings, ids_used))
    return planned


def _inspection(
    plan: Plan, number: int, framework: dict[str, str], siblings: list[Inspection], ids_used: Counter[str]
) -> Inspection:
    code, place = framework["framework_code"], len(siblings)
    original = _followed_up(code, siblings)
    area = original.area_code if original else plan.area_codes[place % plan.areas]
    year = original.year + 1 if original else int(framework["programme_start"][:4]) + 2 + place // plan.areas % 3
    return Inspection(
        number=number,
        inspection_id=_unique_id(f"{code}-{area}-{year}", ids_used),
        framework_code=code,
        area_code=area,
        year=year,
        fieldwork_from=_first_monday(date(year, 5 + place % 6, 1)),
        follow_up_of=original.inspection_id if original else "",
        cases=plan.cases // 2 if original else plan.cases,
        post_cja=code == "ESI" and original is None and place % 2 == 0,
    )


def _followed_up(framework_code: str, siblings: list[Inspection]) -> Inspection | None:
    place = len(siblings)
    has_follow_ups = any(question["in_follow_up"] == "1" for question in questions(framework_code))
    due = has_follow_ups and place % FOLLOW_UP_EVERY == FOLLOW_UP_EVERY - 1
    return siblings[place - FOLLOW_UP_EVERY + 1] if due else None


def _unique_id(inspection_id: str, ids_used: Counter[str]) -> str:
    ids_used[inspection_id] += 1
    times = ids_used[inspection_id]
    return inspection_id if times == 1 else f"{inspection_id}-{times}"


def _first_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
