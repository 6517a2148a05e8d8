"""Months and the periods a board speaks of.

A period is a run of months with a *kind*: the same months can be read in two ways, and the board names
them differently. ``2025-T2`` is January-August accumulated, which is what the reports call tertial 2;
``2025-05..2025-08`` is the single tertial. R12 is the twelve months that end in the given one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

MONTH_NAMES = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
MONTH_SHORT = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. ``str(Month(2025, 8)) == "2025-08"``."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 9999 and 1 <= self.number <= 12):
            raise ValueError(f"no such month: {self.year}-{self.number}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """``"2025-08"`` → Month. Raises ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if not match:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day lies in. Raises ValueError before the year 1900."""
        return _month_at(day.year * 12 + day.month - 1)

    @property
    def index(self) -> int:
        """Months since year 0: consecutive months differ by one."""
        return self.year * 12 + self.number - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    def shift(self, months: int) -> Month:
        return _month_at(self.index + months)

    def until(self, end: Month) -> tuple[Month, ...]:
        """All months from this one to ``end``, both included."""
        return _months_between(self.index, end.index)

    @property
    def name(self) -> str:
        """``augusti 2025``"""
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    @property
    def short(self) -> str:
        """``aug 2025``"""
        return f"{MONTH_SHORT[self.number - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@cache
def _month_at(index: int) -> Month:
    """Months are asked for by the thousand and few are different."""
    year, number = divmod(index, 12)
    return Month(year, number + 1)


@lru_cache(maxsize=4096)
def _months_between(first: int, last: int) -> tuple[Month, ...]:
    return tuple(_month_at(index) for index in range(first, last + 1))


class PeriodKind(StrEnum):
    """How a run of months is read."""

    MONTH = "month"
    YTD = "ytd"  # from January, accumulated: what the board calls T1, T2
    TERTIAL = "tertial"  # four months on their own
    HALF_YEAR = "half-year"
    YEAR = "year"
    R12 = "r12"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Period:
    """A kind and the first and last month, both included.

    ``str(period)`` is the form used in files and addresses and ``Period.parse`` reads it back.
    """

    kind: PeriodKind
    start: Month
    end: Month

    @classmethod
    def month(cls, month: Month) -> Period:
        return cls(PeriodKind.MONTH, month, month)

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(PeriodKind.YEAR, Month(year, 1), Month(year, 12))

    @classmethod
    def ytd(cls, year: int, tertial: int) -> Period:
        """T1, T2 accumulated from January; T3 accumulated is the year."""
        if tertial == 3:
            return cls.year(year)
        return cls(PeriodKind.YTD, Month(year, 1), Month(year, 4 * tertial))

    @classmethod
    def tertial(cls, year: int, tertial: int) -> Period:
        return cls(PeriodKind.TERTIAL, Month(year, 4 * tertial - 3), Month(year, 4 * tertial))

    @classmethod
    def r12(cls, end: Month) -> Period:
        return cls(PeriodKind.R12, end.shift(-11), end)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2025-08``, ``2025-T2``, ``2025``, ``R12-2025-08`` or ``2025-05..2025-08``.

        Raises ValueError for anything else, a range that runs backwards included.
        """
        if re.fullmatch(r"\d{4}", text):
            return cls.year(int(text))
        if match := re.fullmatch(r"(\d{4})-T([123])", text):
            return cls.ytd(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"R12-(\d{4}-\d{2})", text):
            return cls.r12(Month.parse(match[1]))
        if match := re.fullmatch(r"(\d{4}-\d{2})\.\.(\d{4}-\d{2})", text):
            return cls.between(Month.parse(match[1]), Month.parse(match[2]))
        return cls.month(Month.parse(text))

    @classmethod
    def between(cls, start: Month, end: Month) -> Period:
        """The months as the most telling kind: a tertial, a half-year, a year, else a plain range."""
        if end < start:
            raise ValueError(f"a period cannot run backwards: {start}..{end}")
        if start == end:
            return cls.month(start)
        if start.year == end.year:
            shape = (start.number, end.number)
            if shape in {(1, 4), (5, 8), (9, 12)}:
                return cls(PeriodKind.TERTIAL, start, end)
            if shape in {(1, 6), (7, 12)}:
                return cls(PeriodKind.HALF_YEAR, start, end)
            if shape == (1, 8):
                return cls(PeriodKind.YTD, start, end)
            if shape == (1, 12):
                return cls(PeriodKind.YEAR, start, end)
        return cls(PeriodKind.RANGE, start, end)

    @property
    def months(self) -> tuple[Month, ...]:
        return self.start.until(self.end)

    @property
    def label(self) -> str:
        """In full, as the screen says it: ``T2 2025 · jan–aug``."""
        span = f"{MONTH_SHORT[self.start.number - 1]}–{MONTH_SHORT[self.end.number - 1]}"
        match self.kind:
            case PeriodKind.MONTH:
                return self.end.name
            case PeriodKind.YTD:
                return f"T{self.end.number // 4} {self.end.year} · {span}"
            case PeriodKind.YEAR:
                return f"År {self.end.year}"
            case PeriodKind.R12:
                return f"R12 {self.end.name}"
            case PeriodKind.RANGE if self.start.year != self.end.year:
                return f"{self.start.short}–{self.end.short}"
            case PeriodKind.TERTIAL | PeriodKind.HALF_YEAR | PeriodKind.RANGE:
                return f"{span} {self.end.year}"

    @property
    def short(self) -> str:
        """``T2 2025``, ``aug 2025``, ``2025``: for tiles and table heads."""
        match self.kind:
            case PeriodKind.YTD:
                return f"T{self.end.number // 4} {self.end.year}"
            case PeriodKind.YEAR:
                return str(self.end.year)
            case PeriodKind.MONTH:
                return self.end.short
            case PeriodKind.R12:
                return f"R12 {self.end.short}"
            case _:
                return self.label

    def year_before(self) -> Period:
        """The same months a year earlier."""
        return Period(self.kind, self.start.shift(-12), self.end.shift(-12))

    def previous(self) -> Period:
        """The period of the same kind just before: a month, a tertial, a year.

        Accumulated tertials step as the board reports: T2 ← T1 ← the year before.
        """
        if self.kind is PeriodKind.YTD:
            tertial = self.end.number // 4
            return Period.year(self.end.year - 1) if tertial == 1 else Period.ytd(self.end.year, tertial - 1)
        if self.kind is PeriodKind.R12:
            return Period.r12(self.end.shift(-1))
        step = -len(self.months)
        return Period(self.kind, self.start.shift(step), self.end.shift(step))

    def contains(self, month: Month) -> bool:
        return self.start <= month <= self.end

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return str(self.end)
            case PeriodKind.YEAR:
                return f"{self.end.year:04d}"
            case PeriodKind.YTD:
                return f"{self.end.year:04d}-T{self.end.number // 4}"
            case PeriodKind.R12:
                return f"R12-{self.end}"
            case _:
                return f"{self.start}..{self.end}"
