"""Draws `docs/pictures/risk.svg`, what a published count leaves possible, from the table of noise:

`python -m tests.attack.picture`.
"""

from collections.abc import Iterator
from typing import Any

import altair as alt
import numpy as np

from attack.noise import Noise, read_noise
from attack.prior import negative_binomial
from attack.read import SEED
from flows.base.settings import PROJECT

PICTURES = PROJECT / "docs" / "pictures"
BLUE = "#12436D"

MEAN, SPREAD = 5.0, 4.0
"""Of the counts of areas in the picture of risk: missing codes of ethnicity in a quarter are like that."""

Rows = list[dict[str, Any]]


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
