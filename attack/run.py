"""The attack on releases: what they say beyond their method, and what can be learned of small counts."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from attack import computed, exact, frozen, residues
from attack.erased import Revised, known_person, missing_case, revised_case
from attack.figures import Finding, Published, Release
from attack.limits import AUC_NEW, AUC_PERSON, AUC_REVISED, Learned, hundredths, learned
from attack.model import Suspicion, figures, posterior, tied_counts
from attack.noise import Noise
from attack.prior import Prior, fitted
from attack.rows import CONVINCING, odds_that_rows_add_up


@dataclass(frozen=True)
class Attacked:
    """What an attack found. missing: by place, how well a missing case is recognised, and (person) one without the
    outcome of any measure. revised: the same of a revision."""

    findings: list[Finding]
    learned: Learned
    missing: dict[str, float]
    person: dict[str, float]
    revised: Revised | None
    counts: int
    seconds: float

    @property
    def met(self) -> bool:
        """Whether all limits are met and nothing is said beyond the method."""
        limited = [(max(self.missing.values(), default=0.5), AUC_NEW)]
        if self.revised:
            limited += [(self.revised.one, AUC_REVISED), (self.revised.person, AUC_PERSON)]
        by_method = not any(finding.fails for finding in self.findings)
        return by_method and self.learned.met and all(hundredths(auc) <= most for auc, most in limited)


def suspect(releases: list[Release], noise: Noise, prior: Prior) -> tuple[list[Finding], Suspicion, list[Published]]:
    """What releases say beyond their method; what follows for their counts; counts that they publish once more."""
    shown = figures(releases)
    regions = releases[-1].regions
    sources = exact.exact_sources(shown, regions, noise)
    faults = [(release, computed.broken(release)) for release in releases]
    odds = odds_that_rows_add_up(shown, regions, noise, prior)
    found = exact.findings(sources) + frozen.findings(releases)
    found += [finding for release, broken in faults for finding in computed.findings(release, broken)]
    found += residues.findings(releases[-1].amounts, regions)
    if odds > CONVINCING:
        found.append(Finding("rows", "table of noise", "rows of sums are sums of rows: they tell the noise"))
    limits = [limit for release, broken in faults for limit in computed.limits(broken, release, noise)]
    again = [figure for _, broken in faults for figure in computed.observations(broken)]
    return found, Suspicion(frozenset(sources), tuple(limits), odds > CONVINCING), again


def attack(
    releases: list[Release], noise: Noise, others: Iterable[Finding] = (), prior: Prior | None = None
) -> Attacked:
    """Attacks releases, in the order of their publication.

    Args: others: what else was found in them, as on their pages. prior: the distribution over areas; from the releases
    themselves where none is given.
    """
    started = time.perf_counter()
    prior = prior or fitted(figures(releases), noise)
    found, suspicion, again = suspect(releases, noise, prior)
    every = [*releases, Release("sums to date", again, releases[-1].regions)] if again else releases
    tied = tied_counts(every, noise, prior, suspicion)
    believed = posterior(tied)
    return Attacked(
        [*found, *others],
        learned(believed, tied, frozen.revised_years(releases)),
        missing_case(releases, noise) if len(releases) > 1 else {},
        known_person(releases, noise) if len(releases) > 1 else {},
        revised_case(releases, noise, prior),
        len(believed),
        time.perf_counter() - started,
    )
