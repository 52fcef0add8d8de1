"""What the attack finds in releases of generated countries: it is given the true distribution over areas, no secret."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import altair as alt
import vl_convert

from attack.exact_table import exact_counts
from attack.model import figures, posterior, tied_counts
from attack.noise import Noise, read_noise
from attack.prior import Prior, fitted, true_distribution
from attack.read import SEED, TABLES, read_release
from attack.truth import Measured, measured, together
from bench.deliveries import deliver
from bench.generator import Plan
from bench.growth import CONFIG
from bench.measure import tell
from bench.nights import fresh_copy, night, prepared, published
from bench.report import table
from expectations.reference import PROJECT
from flows.release.figures import build
from flows.release.noise import Secrets
from pages.charts import BLUE, GREY

COUNTRY = Plan(months=12, inspections=10)
"""A programme year of all areas. Counts of people in samples of inspections are not measured, so these are few."""

SEEDS = range(1, 11)

TRUE, FITTED = "true distribution", "fitted"


def countries(work: Path) -> Iterator[Path]:
    """What ten countries publish, each of a seed of its own."""
    for seed in SEEDS:
        warehouse = work / f"country-{seed}"
        if not published(warehouse).exists():
            landing = deliver(replace(COUNTRY, seed=seed), work / f"landing-{seed}")
            fresh_copy(prepared(work), warehouse)
            night(f"country {seed}", landing, warehouse)
        yield published(warehouse)


def measure_risk(publications: Iterable[Path], secrets: int, work: Path, picture: Path | None = None) -> str:
    """Release publications under so many secrets each, attack every release, draw the picture and return Markdown."""
    noise = read_noise(PROJECT / SEED)
    found: dict[str, list[Measured]] = {TRUE: [], FITTED: []}
    for publication in publications:
        for number in range(secrets):
            for prior, of_release in _attacked(publication, number, noise, work).items():
                found[prior].append(of_release)
    if picture:
        picture.write_text(draw(together(found[TRUE])), encoding="utf-8")
    return markdown(found)


def _attacked(publication: Path, number: int, noise: Noise, work: Path) -> dict[str, Measured]:
    """What is found in the release of a publication under a secret, by what is known of areas."""
    target = work / f"risk-{number}" / TABLES
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    build(publication, target, [], Secrets(b"records %d" % number, b"rows %d" % number))
    release = read_release(target.parent)
    shown = figures([release])
    exact = exact_counts(publication, [figure.records for figure in shown], release.regions)

    def found(prior: Prior) -> Measured:
        return measured(posterior(tied_counts([release], noise, prior)), exact)

    of_release = {TRUE: found(true_distribution(exact)), FITTED: found(fitted(shown, noise))}
    true = of_release[TRUE]
    tell(f"secret {number + 1}: {true.small} counts of 1 to 4, {true.likely} of them found with more than 0.5")
    return of_release


def markdown(found: dict[str, list[Measured]]) -> str:
    """Two tables: shares of small counts that are found, and how often a guess is right."""
    every = {prior: together(releases) for prior, releases in found.items()}
    shares = [[prior, f"{m.small:,}", f"{m.certain:,}", *_shares([m]), _met(m)] for prior, m in every.items()]
    most = [[f"{prior}, the most of one release", "", "", *_shares(found[prior]), ""] for prior in found]
    tenths = sorted({tenth for m in every.values() for tenth in m.said})
    guesses = [[f"{tenth / 10} to {(tenth + 1) / 10}", *_guesses(every.values(), tenth)] for tenth in tenths]
    return "\n".join(
        [
            table(["", "counts of 1 to 4", "certain", "above 0.9", "found above 0.5", "limits"], shares + most),
            table(["held", *(f"{prior}: {what}" for prior in every for what in ("guesses", "right"))], guesses),
        ]
    )


def _shares(releases: list[Measured]) -> Iterator[str]:
    """The most that is held with more than 0.9, and found with more than 0.5, in one of them."""
    yield f"{max(one.of(one.almost_certain) for one in releases):.2%}"
    yield f"{max(one.of(one.likely) for one in releases):.2%}"


def _met(found: Measured) -> str:
    return "met" if found.met else "not met"


def _guesses(every: Iterable[Measured], tenth: int) -> Iterator[str]:
    for found in every:
        said = found.said.get(tenth, 0)
        yield f"{said:,}"
        yield f"{found.right[tenth] / said:.0%}" if said else ""


def draw(found: Measured) -> str:
    """The picture as SVG: how often the attack is right beside what it holds; larger points are more guesses."""
    rows = [
        {"held": (tenth + 0.5) / 10, "right": found.right[tenth] / times, "guesses": times}
        for tenth, times in sorted(found.said.items())
    ]
    scale = alt.Scale(domain=[0, 1])
    held = alt.X("held:Q", title="What the attack holds its guess for", scale=scale, axis=alt.Axis(format="%"))
    right = alt.Y("right:Q", title="Guesses that are right", scale=scale, axis=alt.Axis(format="%"))
    legend = alt.Legend(values=[100, 1000, 5000])
    size = alt.Size("guesses:Q", title="Guesses", scale=alt.Scale(range=[30, 900]), legend=legend)
    # altair's data have no types
    data, same = alt.Data(values=rows), alt.Data(values=[{"held": at, "right": at} for at in (0, 1)])  # type: ignore[no-untyped-call]
    even = alt.Chart(same).mark_line(color=GREY, strokeDash=[6, 3]).encode(held, right)
    points = alt.Chart(data).mark_circle(color=BLUE, opacity=1).encode(held, right, size)
    chart = (even + points).properties(width=420, height=300).to_dict(validate=False)
    return vl_convert.vegalite_to_svg(json.dumps({**chart, "config": CONFIG}))
