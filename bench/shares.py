"""How far published shares are from the exact ones: the same publication, released under several secrets."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import altair as alt
import duckdb
import vl_convert

from bench.growth import CONFIG
from bench.measure import tell
from bench.report import table
from flows.base.warehouse_paths import sql_text
from flows.release.figures import build
from flows.release.noise import Secrets
from pages.charts import BLUE, GREY, ORANGE

BASES = (50, 75, 100, 125, 150, 200, 300, 500, 1000, 3000)
"""Bands of published bases begin at these."""

PROMISED_BASE, PROMISED_POINTS = 100, 3

SHARES = """
    with perturbed as (
        select distinct measure_code from release.public.fct_published_count
        where base_is not in ('delivered', 'target')
    ),
    exact as (
        select
            shown.pool_code, shown.measure_code, shown.period, shown.period_month,
            sum(months.numerator) / sum(months.denominator) as value
        from release.public.fct_performance_period as shown
        inner join exact.marts.dim_area as areas
            on shown.pool_code in (areas.area_code, concat('region:', areas.region), 'ENW')
        inner join exact.marts.fct_performance_month as months
            on areas.area_code = months.area_code and shown.measure_code = months.measure_code
            and months.period_month
            between case when shown.measure_code = 'REM_STAFF' then shown.period_month else shown.first_month end
            and shown.period_month
        group by all
    ),
    groups as (
        select measure_code, performance_year, characteristic, category, sum(numerator) / sum(denominator) as value
        from exact.marts.fct_performance_equality
        group by all
    )
    select
        case pool when 'area' then 'areas' when 'region' then 'regions' else 'England and Wales' end
        || case period when 'to_date' then ', to date' else ', periods' end,
        shown.denominator, shown.value - exact.value
    from release.public.fct_performance_period as shown
    inner join exact using (pool_code, measure_code, period, period_month)
    inner join perturbed using (measure_code)
    where shown.value is not null
    union all
    select 'groups of cases', shown.denominator, shown.value - groups.value
    from release.public.fct_performance_equality as shown
    inner join groups using (measure_code, performance_year, characteristic, category)
    where shown.value is not null
    union all
    select 'questions of inspections', shown.relevant_cases, shown.proportion - exact.proportion
    from release.public.fct_question_score as shown
    inner join exact.marts.fct_question_score as exact using (inspection_id, sample_group, question_code)
    where shown.proportion is not null
"""
"""Kind, published base and error of each published share of people; a stock is that of the period's last month."""


@dataclass(frozen=True)
class Share:
    """A published share. points: by how many per cent points it is off, at least 0."""

    kind: str
    base: float
    points: float

    @property
    def is_near(self) -> bool:
        return self.points <= PROMISED_POINTS + 1e-6


def measure_shares(publication: Path, secrets: int, work: Path, picture: Path) -> str:
    """Release a publication under so many secrets, draw the picture and return Markdown."""
    shares = [share for number in range(secrets) for share in _released(publication, number, work)]
    picture.write_text(draw(shares), encoding="utf-8")
    return markdown(shares)


def _released(publication: Path, number: int, work: Path) -> Iterator[Share]:
    target = work / f"shares-{number}.duckdb"
    target.unlink(missing_ok=True)
    build(publication, target, [], Secrets(b"records %d" % number, b"rows %d" % number))
    tell(f"released under secret {number + 1}")
    yield from shares_of(publication, target)
    target.unlink()


def shares_of(publication: Path, public: Path) -> Iterator[Share]:
    """Every published share beside the exact one of the publication."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {sql_text(str(publication))} as exact (read_only)")
        connection.execute(f"attach {sql_text(str(public))} as release (read_only)")
        for kind, base, error in connection.execute(SHARES).fetchall():
            yield Share(kind, float(base), abs(error) * 100)


def markdown(shares: list[Share]) -> str:
    """Two tables: by kind, of bases from which nearness is promised; and by base, of all."""
    promised = [share for share in shares if share.base >= PROMISED_BASE]
    kinds = {kind: [share for share in promised if share.kind == kind] for kind in sorted({s.kind for s in promised})}
    bands = {f"{low:,} to {high - 1:,}" if high else f"{low:,} and more": found for low, high, found in _bands(shares)}
    return "\n".join(
        table(
            [name, "shares", "within 3 points", "95 % within", "largest error"], [_row(*row) for row in rows if row[1]]
        )
        for name, rows in (("kind", {**kinds, "all": promised}.items()), ("base", bands.items()))
    )


def _bands(shares: list[Share]) -> Iterator[tuple[int, int | None, list[Share]]]:
    """Bands of bases with their shares: from, below (the last has no end)."""
    for low, high in zip(BASES, (*BASES[1:], None), strict=True):
        yield low, high, [share for share in shares if low <= share.base and (high is None or share.base < high)]


def _row(name: str, shares: list[Share]) -> list[str]:
    near = sum(share.is_near for share in shares) / len(shares)
    off = [_quantile(shares, 0.95), max(share.points for share in shares)]
    return [name, f"{len(shares):,}", f"{near:.1%}".replace("%", " %"), *(f"{points:.1f}" for points in off)]


def _quantile(shares: list[Share], part: float) -> float:
    return sorted(share.points for share in shares)[int(part * (len(shares) - 1))]


def draw(shares: list[Share]) -> str:
    """The picture as SVG: within how many points half, 95 % and 99 % of the shares are, by their base."""
    parts = {"half of the shares": 0.5, "95 %": 0.95, "99 %": 0.99}
    rows = [
        {"base": low, "part": name, "points": round(_quantile(found, part), 2)}
        for low, _, found in _bands(shares)
        for name, part in parts.items()
        if found
    ]
    scale = alt.Scale(type="log", domain=[BASES[0], BASES[-1]], nice=False)
    axis = alt.Axis(values=list(BASES), grid=False, labelOverlap=True)
    base = alt.X("base:Q", title="Published base (people, or appointments), from", scale=scale, axis=axis)
    points = alt.Y("points:Q", title="Within points of the exact share", scale=alt.Scale(domainMin=0))
    colour = alt.Color("part:N", sort=[*parts], scale=alt.Scale(domain=[*parts], range=[GREY, BLUE, ORANGE]))
    # altair's data have no types
    data, aim = alt.Data(values=rows), alt.Data(values=[{"points": PROMISED_POINTS}])  # type: ignore[no-untyped-call]
    lines = alt.Chart(data).mark_line(strokeWidth=2, point={"size": 70, "filled": True})
    promised = alt.Chart(aim).mark_rule(color=GREY, strokeDash=[4, 4])
    chart = lines.encode(x=base, y=points, color=colour) + promised.encode(y="points:Q")
    specification = {**chart.properties(width=560, height=300).to_dict(validate=False), "config": CONFIG}
    return vl_convert.vegalite_to_svg(json.dumps(specification))
