"""What takes seconds is worked out a step at a time, so that nothing else on the page has to wait."""

from abc import ABC, abstractmethod
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")


class StepByStep(ABC, Generic[Found]):
    """Something in the making, of so many steps; threads may share it.

    Attributes:
        steps: how many there are.
    """

    def __init__(self, steps: int) -> None:
        """Nothing is worked out yet."""
        self.steps = steps
        self._found: list[Found] = []
        self._one_at_a_time = Lock()

    @property
    def made(self) -> int:
        """How many steps have been worked out."""
        return len(self._found)

    @property
    def is_complete(self) -> bool:
        """Whether all have been."""
        return self.made >= self.steps

    def add_next(self) -> None:
        """Work out the next step, if one is left."""
        with self._one_at_a_time:
            if not self.is_complete:
                self._found.append(self._next(self.made))

    @abstractmethod
    def _next(self, number: int) -> Found:
        """What a step finds; `number` counts from 0."""
