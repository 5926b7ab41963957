"""What a picture is drawn from: the session, the other runs made so far, and the language."""

from collections.abc import Sequence
from dataclasses import dataclass

from ssa_sim.words.numbers import written
from ssa_sim.workshop.drawing.canvas import nice_ticks
from ssa_sim.workshop.other_runs import OtherRuns
from ssa_sim.workshop.session import Session
from ssa_sim.workshop.texts import WorkshopTexts


@dataclass(frozen=True)
class Scene:
    """One moment of a session, to be drawn.

    Attributes:
        session: whose worlds are drawn.
        other_runs: other runs of the same policies; None while there are none.
        texts: the language's words.
    """

    session: Session
    other_runs: OtherRuns | None
    texts: WorkshopTexts

    @property
    def last_month(self) -> str:
        """The month that was played last, or the first if none was."""
        return self.texts.month(self.session.month_start(max(0, self.session.month - 1)))

    @property
    def world_names(self) -> tuple[str, str]:
        """What the two worlds are called."""
        return self.texts("page.comparison"), self.texts("page.policy")

    def years(self) -> list[tuple[int, str]]:
        """Months at which a year begins, with the year; every other one where there are many."""
        starts = self.session.base.month_starts()
        every = 1 if len(starts) <= 90 else 2 if len(starts) <= 170 else 5
        return [(month, str(day.year)) for month, day in enumerate(starts) if day.month == 1 and day.year % every == 0]

    def ticks(self, low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
        """Ticks of an axis with their numbers in the language."""
        values = nice_ticks(low, high, most)
        return list(zip(values, self._labels(values), strict=True))

    def _labels(self, values: Sequence[float]) -> list[str]:
        step = values[1] - values[0]
        if step >= 1 and all(value == round(value) for value in values):
            return [self.texts.whole(value) for value in values]
        decimals = next(places for places in range(1, 8) if abs(round(step, places) - step) < 1e-9 or places == 7)
        return [written(f"{value:.{decimals}f}", self.texts.language) for value in values]
