"""Draws the pictures of the attack: `python -m tests.attack.picture`, in some two minutes.

`docs/pictures/attack.svg` (how fair it is) is of fifty releases; `risk.svg` (what a published count leaves possible)
follows from the table of noise.
"""

from collections.abc import Iterator
from typing import Any

import altair as alt
import numpy as np

from attack.model import posterior, tied_counts
from attack.noise import Noise, read_noise
from attack.prior import negative_binomial, true_distribution
from attack.read import SEED
from attack.truth import Measured, measured, together
from flows.base.settings import PROJECT
from tests.attack.noise_table import noise_table
from tests.attack.releases import Method, made
from tests.attack.worlds import world

PICTURES = PROJECT / "docs" / "pictures"
COUNTRIES, SECRETS = range(10), range(5)
BLUE, GREY = "#12436D", "#6B7276"

MEAN, SPREAD = 5.0, 4.0
"""Of the counts of areas in the picture of risk: missing codes of ethnicity in a quarter are like that."""

Rows = list[dict[str, Any]]


def fifty_releases() -> Measured:
    """What the attack finds in five releases of each of ten countries, given the true distribution over areas."""
    found = []
    for seed in COUNTRIES:
        country = world(200 + seed)
        for secret in SECRETS:
            release = made(country, Method(1000 * seed + secret))
            tied = tied_counts([release.release], noise_table(), true_distribution(release.truth))
            found.append(measured(posterior(tied), release.truth))
    return together(found)


def fairness(found: Measured) -> alt.LayerChart:
    """How often the attack is right beside what it holds; larger points are more guesses."""
    rows = [
        {"held": (tenth + 0.5) / 10, "right": found.right[tenth] / times, "guesses": times}
        for tenth, times in sorted(found.said.items())
    ]
    scale = alt.Scale(domain=[0, 1])
    held = alt.X("held:Q", title="what the attack holds its guess for", scale=scale, axis=alt.Axis(format="%"))
    right = alt.Y("right:Q", title="guesses that are right", scale=scale, axis=alt.Axis(format="%"))
    even = alt.Chart(alt.Data(values=[{"held": 0, "right": 0}, {"held": 1, "right": 1}]))
    points = alt.Chart(alt.Data(values=rows)).mark_circle(color=BLUE, opacity=1)
    size = alt.Size("guesses:Q", title="guesses", scale=alt.Scale(range=[30, 900]))
    return even.mark_line(color=GREY, strokeDash=[6, 3]).encode(held, right) + points.encode(held, right, size)


def possible(noise: Noise) -> Iterator[dict[str, Any]]:
    """Of each published count, how likely each exact one is to somebody who knows how areas differ."""
    counts = np.arange(20)
    likely = negative_binomial(counts, MEAN, SPREAD)
    for published in range(13):
        weights = likely * noise.likelihood(published, counts)
        if weights.any():
            for count, chance in zip(counts, weights / weights.sum(), strict=True):
                yield {"published": published, "exact": int(count), "chance": float(chance)}


def risk(rows: Rows) -> alt.LayerChart:
    """The chances of exact counts beside the published one; the number is that of the likeliest."""
    best = {row["published"]: max(r["chance"] for r in rows if r["published"] == row["published"]) for row in rows}
    told = [row for row in rows if row["chance"] == best[row["published"]]]
    published = alt.X("published:O", title="published count", axis=alt.Axis(labelAngle=0))
    exact = alt.Y("exact:O", title="exact count", sort="descending")
    scale = alt.Scale(range=["#FFFFFF", BLUE], domain=[0, 0.35], interpolate="rgb", clamp=True)
    shade = alt.Color("chance:Q", title="chance", scale=scale, legend=alt.Legend(format="%"))
    squares = alt.Chart(alt.Data(values=[row for row in rows if row["exact"] <= 16])).mark_rect()
    words = alt.Chart(alt.Data(values=told)).mark_text(fontSize=10, color="white")
    text = alt.Text("chance:Q", format=".0%")
    return squares.encode(published, exact, shade) + words.encode(published, exact, text)


def save(chart: alt.LayerChart, name: str) -> None:
    """Writes a picture of the documentation."""
    chart.properties(width=420, height=300).save(str(PICTURES / f"{name}.svg"))


if __name__ == "__main__":
    table = read_noise(PROJECT / SEED)
    save(risk(list(possible(table))), "risk")
    save(fairness(fifty_releases()), "attack")
