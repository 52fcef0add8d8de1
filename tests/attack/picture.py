"""Draws `docs/pictures/attack.svg`: `python -m tests.attack.picture` attacks fifty releases, in some two minutes."""

import altair as alt

from attack.model import posterior, tied_counts
from attack.prior import true_distribution
from attack.truth import Measured, measured, together
from flows.base.settings import PROJECT
from tests.attack.noise_table import noise_table
from tests.attack.releases import Method, made
from tests.attack.worlds import world

PICTURE = PROJECT / "docs" / "pictures" / "attack.svg"
COUNTRIES, SECRETS = range(10), range(5)


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


def drawn(found: Measured) -> alt.LayerChart:
    """How often the attack is right beside what it holds; larger points are more guesses."""
    rows = [
        {"held": (tenth + 0.5) / 10, "right": found.right[tenth] / times, "guesses": times}
        for tenth, times in sorted(found.said.items())
    ]
    scale = alt.Scale(domain=[0, 1])
    held = alt.X("held:Q", title="what the attack holds its guess for", scale=scale, axis=alt.Axis(format="%"))
    right = alt.Y("right:Q", title="guesses that are right", scale=scale, axis=alt.Axis(format="%"))
    even = alt.Chart(alt.Data(values=[{"held": 0, "right": 0}, {"held": 1, "right": 1}]))
    points = alt.Chart(alt.Data(values=rows)).mark_circle(color="#12436D", opacity=1)
    size = alt.Size("guesses:Q", title="guesses", scale=alt.Scale(range=[30, 900]))
    return even.mark_line(color="#6B7276", strokeDash=[6, 3]).encode(held, right) + points.encode(held, right, size)


if __name__ == "__main__":
    drawn(fifty_releases()).properties(width=420, height=300).save(str(PICTURE))
