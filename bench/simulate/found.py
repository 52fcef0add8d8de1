"""What a simulation found: rates beside what must hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """The rate of one cell.

    study: what is asked. cell: what was drawn, in words. lowest, highest: what must hold, tolerance included; None
    where nothing is asked. group, across: where it stands in the picture.
    """

    study: str
    cell: str
    draws: int
    rate: float
    lowest: float | None = None
    highest: float | None = None
    group: str = ""
    across: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether the rate is as it must be."""
        return (self.lowest is None or self.rate >= self.lowest) and (self.highest is None or self.rate <= self.highest)

    @property
    def is_asked(self) -> bool:
        """Whether anything must hold."""
        return self.lowest is not None or self.highest is not None
