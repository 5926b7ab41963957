"""The months that a scenario covers."""

from datetime import date
from typing import Self

from pydantic import Field, field_validator, model_validator

from ssa_sim.catalogue.groups import Group

FIRST_YEAR = 1900
LAST_YEAR = 2100
MOST_MONTHS = 1200


class Period(Group):
    """From the first day of a month up to, but not including, the first day of a later month."""

    start: date = Field(default=date(2013, 2, 1), description="The first day of the first month.")
    end: date = Field(default=date(2020, 2, 1), description="The first day of the month after the last.")

    @field_validator("start", "end")
    @classmethod
    def _first_of_a_month(cls, day: date) -> date:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"{day} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
        if day.day != 1:
            raise ValueError(f"{day} is not the first day of a month; {day.replace(day=1)} is")
        return day

    @model_validator(mode="after")
    def _end_after_start(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"the end, {self.end}, must come after the start, {self.start}")
        if self.months > MOST_MONTHS:
            raise ValueError(f"{self.start} to {self.end} is {self.months} months; {MOST_MONTHS} is the most")
        return self

    @property
    def months(self) -> int:
        """How many months the period covers."""
        return self.month_of(self.end)

    def month_of(self, day: date) -> int:
        """The position of the day's month in the period: 0 for the first; negative before it."""
        return (day.year - self.start.year) * 12 + day.month - self.start.month

    def month_starts(self) -> list[date]:
        """The first day of each month, in order."""
        first = self.start.year * 12 + self.start.month - 1
        return [date(month // 12, month % 12 + 1, 1) for month in range(first, first + self.months)]
