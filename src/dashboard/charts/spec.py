"""What a chart is, apart from how it is drawn: a small frozen value that a test can read.

Places on the axis are counted from 0, one for each name in ``Axis.names``: months in order, or categories.
Every
text is ready for the reader; a renderer formats nothing but the ticks of the value axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.periods import Month


class Kind(StrEnum):
    """``STACKED`` is for parts that make a whole, ``BAR`` for values beside each other; both stand
    on zero. ``STEPS`` lie down, and each bar runs from its ``base``, where the last one ended.
    """

    LINE = "line"
    BAR = "bar"
    STACKED = "stacked"
    STEPS = "steps"


class Stroke(StrEnum):
    """Origin as line: solid for measured or printed, dashed for synthetic, dotted for the year before
    and broken for the period before that it is compared with.
    """

    SOLID = "solid"
    DASHED = "dash"
    DOTTED = "dot"
    BROKEN = "dashdot"
    NONE = "none"


class Marker(StrEnum):
    """Origin as marker: solid for printed values, hollow for synthetic ones, a dot for loaded months among those."""

    SOLID = "solid"
    HOLLOW = "hollow"
    DOT = "dot"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Axis:
    """``ticks`` are the places that carry a label; ``labels`` may hold ``<br>`` for a second line."""

    names: tuple[str, ...]
    ticks: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """``text`` is what hovering says; ``label`` stands over the point, or to the right of it when ``beside``.

    ``solid``: in a dashed or hollow series this point is not synthetic; it and the line between two such are drawn so.
    ``since`` is the first place that the value covers, when it speaks of several. ``base`` is where a step starts.
    ``href`` is where pressing the point leads: the line of a report that prints it.
    """

    at: int
    value: float | None
    text: str = ""
    label: str = ""
    flagged: bool = False
    since: int | None = None
    beside: bool = False
    base: float = 0.0
    href: str = ""
    solid: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """``colour`` is a number from 1 to 10 in the theme's palette. ``end_label`` stands at the line's end.

    A series that stands for a meaning and not for a unit names its own ``token`` of the theme and ``symbol``. A
    ``quiet`` one stands behind the others: a thin line, its name in muted ink.
    """

    name: str
    colour: int
    points: tuple[Point, ...]
    stroke: Stroke = Stroke.SOLID
    marker: Marker = Marker.NONE
    faint: bool = False
    end_label: str = ""
    token: str = ""
    symbol: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A level across the chart; ``label`` stands at it, and ``name`` is what the key under the chart calls it."""

    value: float
    label: str
    name: str = "mål"


@dataclass(frozen=True, slots=True)
class Event:
    """A numbered marker; the list beside the chart says what the number means."""

    at: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class OwnNote:
    """Somebody's own words about a month, marked by a letter; ``text`` is the whole of it, with its signature."""

    at: int
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """What stands before ``at`` and what stands from it on are not one series."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """The chosen period, as a ground behind the chart."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of usual variation over the places ``first`` to ``last``, with what each line is called."""

    first: int
    last: int
    lower: float
    mean: float
    upper: float
    labels: tuple[str, str, str]  # of lower, mean and upper
    provisional: bool = False

    @property
    def levels(self) -> tuple[float, float, float]:
        return self.lower, self.mean, self.upper


@dataclass(frozen=True, slots=True)
class Chart:
    """``summary`` is the text alternative: what a reader who cannot see the chart must know."""

    kind: Kind
    title: str
    unit: str
    decimals: int
    axis: Axis
    series: tuple[Series, ...]
    summary: str
    target: Target | None = None
    events: tuple[Event, ...] = ()
    breaks: tuple[Break, ...] = ()
    band: Band | None = None
    zero: bool = False
    limits: tuple[Limits, ...] = ()
    notes: tuple[OwnNote, ...] = ()

    @property
    def values(self) -> tuple[float, ...]:
        """Every value that is drawn, the target's and the limits' too."""
        found = [point.value for one in self.series for point in one.points if point.value is not None]
        if self.kind is Kind.STACKED:
            found += self._heights()
        if self.kind is Kind.STEPS:
            found += [point.base for one in self.series for point in one.points]
        found += [value for one in self.limits for value in (one.lower, one.upper)]
        return (*found, self.target.value) if self.target else tuple(found)

    def _heights(self) -> list[float]:
        """Where the stacks end: what is above zero and what is below are piled each on their own."""
        ends: dict[tuple[int, bool], float] = {}
        for one in self.series:
            for point in one.points:
                if point.value is not None:
                    place = (point.at, point.value < 0)
                    ends[place] = ends.get(place, 0.0) + point.value
        return list(ends.values())


def month_axis(months: Sequence[Month]) -> Axis:
    """A label every other month up to a year and a half, then every fourth or sixth, then January only."""
    step = next(step for limit, step in ((18, 2), (30, 4), (60, 6), (10_000, 12)) if len(months) <= limit)
    ticks = [place for place, month in enumerate(months) if (month.number - 1) % step == 0]
    if not ticks or len(months) <= 3:
        ticks = list(range(len(months)))
    labels = []
    for place in ticks:
        month = months[place]
        name = month.short.split()[0]
        with_year = place == ticks[0] or month.number == 1
        labels.append(f"{name}<br>{month.year}" if with_year else name)
    return Axis(tuple(month.name for month in months), tuple(ticks), tuple(labels))


def category_axis(names: Sequence[str]) -> Axis:
    """One label for each place."""
    return Axis(tuple(names), tuple(range(len(names))), tuple(names))
