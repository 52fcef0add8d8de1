"""What the attack finds in releases of generated countries: it is given the true distribution over areas, no secret."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from attack.exact_table import exact_counts
from attack.model import figures, posterior, tied_counts
from attack.noise import Noise, read_noise
from attack.prior import Prior, fitted, true_distribution
from attack.read import SEED, TABLES, read_release
from attack.truth import Measured, measured, together
from bench.deliveries import deliver
from bench.generator import Plan
from bench.measure import tell
from bench.nights import fresh_copy, night, prepared, published
from bench.report import table
from expectations.reference import PROJECT
from flows.release.figures import build
from flows.release.noise import Secrets

COUNTRY = Plan(months=12, inspections=10)
"""A programme year of all areas. Counts of people in samples of inspections are not measured, so these are few."""

PRIORS = ("true distribution", "fitted")


SEEDS = range(1, 11)


def countries(work: Path) -> Iterator[Path]:
    """What ten countries publish, each of a seed of its own."""
    for seed in SEEDS:
        warehouse = work / f"country-{seed}"
        if not published(warehouse).exists():
            landing = deliver(replace(COUNTRY, seed=seed), work / f"landing-{seed}")
            fresh_copy(prepared(work), warehouse)
            night(f"country {seed}", landing, warehouse)
        yield published(warehouse)


def measure_risk(publications: Iterable[Path], secrets: int, work: Path) -> str:
    """Release publications under so many secrets each and attack every release. Returns Markdown."""
    noise = read_noise(PROJECT / SEED)
    found: dict[str, list[Measured]] = {prior: [] for prior in PRIORS}
    for publication in publications:
        for number in range(secrets):
            for prior, of_release in _attacked(publication, number, noise, work).items():
                found[prior].append(of_release)
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

    of_release = {"true distribution": found(true_distribution(exact)), "fitted": found(fitted(shown, noise))}
    tell(f"{publication.parent.name}, secret {number + 1}: {of_release[PRIORS[0]]}")
    return of_release


def markdown(found: dict[str, list[Measured]]) -> str:
    """Two tables: shares of small counts that are found, and how often a guess is right."""
    every = {prior: together(releases) for prior, releases in found.items()}
    shares = [
        [prior, f"{m.small:,}", f"{m.certain:,}", *(f"{m.of(n):.2%}" for n in (m.almost_certain, m.likely))]
        for prior, m in every.items()
    ]
    most = [
        [prior, *(f"{max(m.of(n(m)) for m in releases):.1%}" for n in (_almost_certain, _likely))]
        for prior, releases in found.items()
    ]
    tenths = sorted({tenth for m in every.values() for tenth in m.said})
    guesses = [[f"{tenth / 10} to {(tenth + 1) / 10}", *_guesses(every.values(), tenth)] for tenth in tenths]
    return "\n".join(
        [
            table(["known of areas", "counts of 1 to 4", "certain", "above 0.9", "found above 0.5"], shares),
            table(["the most of one release", "above 0.9", "found above 0.5"], most),
            table(["held", *(f"{prior}: {what}" for prior in every for what in ("guesses", "right"))], guesses),
        ]
    )


def _almost_certain(found: Measured) -> int:
    return found.almost_certain


def _likely(found: Measured) -> int:
    return found.likely


def _guesses(every: Iterable[Measured], tenth: int) -> Iterator[str]:
    for found in every:
        said = found.said.get(tenth, 0)
        yield f"{said:,}"
        yield f"{found.right[tenth] / said:.0%}" if said else ""
