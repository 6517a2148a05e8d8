"""The shapes of the catalogue: what a board is made of, as frozen values.

Everything here is data that a board writes in ``data/catalogue``; nothing here is about one municipality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from dashboard.domain.layout import Heading
from dashboard.domain.periods import Month, Period


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Nature(StrEnum):
    """What kind of quantity a series is; it decides what may be summed."""

    STOCK = "stock"  # counted on a day or in a month: never summed over months
    FLOW = "flow"  # happens during the month: summed
    RATIO = "ratio"  # numerators and denominators are summed first, never averaged
    ACCUMULATED = "accumulated"  # runs from January: the last month says the period
    FULL_YEAR = "full-year"  # a forecast or a budget for the whole year: the last month says it
    PUBLISHED = "published"  # only what reports print


class OverPeriod(StrEnum):
    """How a period longer than a month is read."""

    LAST = "last"
    MEAN = "mean"
    SUM = "sum"
    RATIO = "ratio"
    R12 = "r12"


class Yardstick(StrEnum):
    """What the rule holds a value against, and where its yellow ends."""

    TARGET = "target"  # the number set as target, printed or standing
    YEAR_BEFORE = "year-before"  # the same period a year before, to be bettered
    ECONOMY = "economy"  # the year's budget, by the reports' scale for the economy
    PULSE = "pulse"  # the pulse's own scale


class Colour(StrEnum):
    """A status. ``unknown``: the source had a colour that its text form lost. Never guessed."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    UNKNOWN = "unknown"
    NOT_ASSESSED = "not_assessed"


KNOWN_COLOURS = frozenset(
    {Colour.GREEN, Colour.YELLOW, Colour.RED}
)  # somebody has judged, and it is known how


class Origin(StrEnum):
    """Where a value comes from. The three never look alike and never mix silently.

    ``MIXED`` is no origin of a month and is never stored: what is computed from demo and loaded months together.
    """

    PUBLISHED = "published"
    IMPORTED = "imported"
    SYNTHETIC = "synthetic"
    MIXED = "mixed"

    @property
    def demo(self) -> bool:
        """Whether anything synthetic is in it."""
        return self in {Origin.SYNTHETIC, Origin.MIXED}


class Relation(StrEnum):
    """What became of a unit or a goal."""

    SAME = "same"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Successor:
    id: str
    relation: Relation

    @property
    def comparable(self) -> bool:
        """Only the same thing under an old or new name is one series."""
        return self.relation in {Relation.SAME, Relation.RENAMED}


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation or of its accounts.

    ``kind``: forvaltning, avdelning, enhet, team, verksamhet, varav, buffert. A ``varav`` row is
    never added to its parent, which holds it already; a buffer is, and is shown on a line of its own.
    """

    id: str
    name: str
    short: str
    kind: str
    parent: str | None
    valid_from: Month
    valid_to: Month | None
    successors: tuple[Successor, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""

    def existed(self, month: Month) -> bool:
        return self.valid_from <= month and (self.valid_to is None or month <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Term:
    """A sum over rows of a monthly dataset: one column, optionally one category of it, times a factor."""

    dataset: str
    column: str
    category: str = ""  # empty: all categories
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class YearCaveat:
    """What to keep in mind about the values of one year, and of no other."""

    year: int
    text: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measure that the board follows.

    ``terms`` are summed to the value, or to the numerator when ``per`` holds the denominator's terms.
    ``scale`` multiplies a ratio (100 for per cent).
    """

    id: str
    name: str
    short: str
    question: str
    unit: str
    decimals: int
    direction: Direction
    nature: Nature
    over_period: OverPeriod
    terms: tuple[Term, ...] = ()
    per: tuple[Term, ...] = ()
    per_mean: bool = False  # the denominator is averaged over the months, not summed (a flow per stock)
    scale: float = 1.0
    target: float | None = None
    target_text: str = ""
    yardstick: Yardstick = Yardstick.TARGET
    rule: str = ""
    owner: str = ""
    source: str = ""
    theme: str = ""
    levels: tuple[str, ...] = ()  # unit kinds at which the measure exists
    caveats: tuple[str, ...] = ()
    year_caveats: tuple[YearCaveat, ...] = ()
    when_closed: str = ""  # the indicator that speaks for a full-year forecast once the year has closed
    r12: bool = False  # a rolling twelve-month view makes sense
    part_of: str = (
        ""  # the measure that this is a part of, by form, kind or reason; empty for a measure of its own
    )

    @property
    def monthly(self) -> bool:
        return bool(self.terms)

    @property
    def every_caveat(self) -> tuple[str, ...]:
        """All caveats, those of single years with their year in front."""
        return (*self.caveats, *(f"{one.year}: {one.text}" for one in self.year_caveats))

    def caveats_of(self, period: Period) -> tuple[str, ...]:
        """What to keep in mind about a value of the period."""
        return (*self.caveats, *(one.text for one in self.year_caveats if one.year == period.end.year))


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in one of its versions. ``kind``: malomrade, kommunmal or namndmal.

    ``measured_by``: indicators that the rule holds the goal to although no report lists them under it.
    """

    id: str
    name: str
    short: str
    kind: str
    parent: str | None
    order: int
    valid_from: Month
    valid_to: Month | None
    successors: tuple[Successor, ...] = ()
    indicators: tuple[str, ...] = ()
    measured_by: tuple[str, ...] = ()

    def existed(self, month: Month) -> bool:
        return self.valid_from <= month and (self.valid_to is None or month <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk's identity across reports, whatever its wording."""

    id: str
    name: str
    category: str
    short: str = ""
    wordings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    successors: tuple[Successor, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """An assignment, an activity or a measure that reports word differently but that is the same.

    ``kind`` is the published row's; ``parent`` the risk that a measure is against. ``wordings``: as printed, by report.
    """

    id: str
    name: str
    kind: str
    parent: str = ""
    wordings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Report:
    """A published report. ``period`` is the one it reports on.

    ``measure_scale``: what green, yellow and red mean for measures against risks in this report, in that order;
    ``assignment_scale``: the same for political assignments. Empty where the report does not say.
    ``published`` is the day on which it became known; None where it prints none, and then it is known always.
    """

    id: str
    title: str
    short: str
    period: Period
    published: date | None
    previous: str | None
    file: str
    measure_scale: tuple[str, ...] = ()
    assignment_scale: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()

    def known(self, day: date) -> bool:
        """Whether it was known when ``day`` was over, or at any moment of it."""
        return self.published is None or self.published <= day


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits that rules use; a board may set its own."""

    economy_yellow: float  # share of budget that is still yellow, 0.02
    risk_yellow: int  # lowest yellow risk value, 5
    risk_red: int  # lowest red risk value, 15
    risk_reported: int  # risks are reported from this value
    pulse_green: float
    pulse_yellow: float
    suppression: int  # counts below this are hidden for the board, zero excepted
    small_group: int  # sick leave and pulse need at least so many employees
