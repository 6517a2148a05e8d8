"""Comparing the municipality with others: what is fetched from Kolada, and how a place among others is counted.

The colours of KKiK are relative: the best quarter of the municipalities is green, the worst quarter red, the rest
yellow (source: *Verksamhetsberättelse 2023*, under the table of KKiK). :func:`standing` counts the same way.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.model import Direction

QUARTER = 0.25


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality or the country. ``id`` is Kolada's, which for municipalities is SCB's code: four digits."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class County:
    """The county's municipalities are those whose code begins with ``prefix``."""

    prefix: str
    name: str


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key figure of Kolada's, in our words.

    Kolada does not say which way is good: ``direction`` does. ``group`` is the peer group that suits the figure,
    ``indicators`` our own nearest ones. ``ended`` is the last year that Kolada collects. ``title`` is Kolada's own
    name, written down by whoever checked the id there; until then ``verified`` is false.
    """

    id: str
    name: str
    short: str
    unit: str
    decimals: int
    direction: Direction
    theme: str
    group: str
    indicators: tuple[str, ...] = ()
    ended: int | None = None
    note: str = ""
    title: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Municipalities that Kolada finds alike. ``members`` are those known when the group was written down; Kolada's
    own list is fetched and is the one that counts.
    """

    id: str
    name: str
    members: tuple[Area, ...] = ()
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What is fetched and from where. ``kkik`` are the indicators of the reports' own table, in its order."""

    address: str
    municipality: Area
    country: Area
    county: County
    first_year: int
    kkik: tuple[str, ...]
    kpis: tuple[Kpi, ...]
    groups: tuple[PeerGroup, ...]

    def kpi(self, kpi_id: str) -> Kpi | None:
        return next((one for one in self.kpis if one.id == kpi_id), None)

    def group(self, group_id: str) -> PeerGroup | None:
        return next((one for one in self.groups if one.id == group_id), None)


class Quarter(StrEnum):
    """Where in the field a value lies, counted from the best."""

    BEST = "best"
    MIDDLE = "middle"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among ``of`` areas, 1 for the best (the highest when neither way is good). Equal values share a place.

    ``shared`` is how many have the value, oneself included. ``quarter`` is None when neither way is good.
    """

    place: int
    of: int
    shared: int
    quarter: Quarter | None


def standing(values: Mapping[str, float], own: str, direction: Direction) -> Standing | None:
    """The place of ``own`` among the values, by area; None when it has no value or nobody else has.

    The best quarter holds those with fewer than a quarter of the field before them, the worst quarter those with fewer
    than a quarter behind them; when both hold (nearly all are equal) it is the middle.
    """
    if own not in values or len(values) < 2:
        return None
    mine = values[own]
    above = sum(1 for value in values.values() if value > mine)
    below = sum(1 for value in values.values() if value < mine)
    before, behind = (below, above) if direction is Direction.LOWER else (above, below)
    shared = len(values) - above - below
    quarter = None if direction is Direction.NEUTRAL else _quarter(before, behind, len(values))
    return Standing(before + 1, len(values), shared, quarter)


def _quarter(before: int, behind: int, of: int) -> Quarter:
    best, worst = before < QUARTER * of, behind < QUARTER * of
    if best == worst:
        return Quarter.MIDDLE
    return Quarter.BEST if best else Quarter.WORST


def median(values: Iterable[float]) -> float | None:
    """The middle value; None without any."""
    known = list(values)
    return statistics.median(known) if known else None
