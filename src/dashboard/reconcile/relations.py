"""Declared relations between printed figures: what a report's text says that they are to each other.

``data/published/relations.toml`` holds them, because only a reader can see that *57 procent* is 69 of 122. What follows
from a relation is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.periods import Period
from dashboard.published import Figure
from dashboard.reconcile.findings import Place

FILE = "relations.toml"


class Kind(StrEnum):
    """What the figures are to each other."""

    SUM = "sum"  # terms − minus = result (or the number ``equals``)
    SHARE = "share"  # result = the first term in per cent of the second
    CHANGE = "change"  # result = change in per cent from the first term to the second
    MEAN = "mean"  # result = mean of the terms
    EQUAL = "equal"  # all terms are one thing
    AT_MOST = "at-most"  # the terms together are no more than the result
    DIRECTION = "direction"  # from the first term to the second it goes as the report says
    COLOUR = "colour"  # the report says a colour of a goal that it prints elsewhere
    ECONOMY = "economy"  # the colour of a goal follows from result and budget
    PULSE = "pulse"  # the colour of an indicator follows from the pulse scale


class Says(StrEnum):
    """The way that a report says something went."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"
    NOT_UP = "not-up"
    NOT_DOWN = "not-down"


# How many terms a kind has, and whether it has a result.
TERMS: Mapping[Kind, tuple[int, int, bool]] = {
    Kind.SUM: (1, 99, True),
    Kind.SHARE: (2, 2, True),
    Kind.CHANGE: (2, 2, True),
    Kind.MEAN: (2, 99, True),
    Kind.EQUAL: (2, 99, False),
    Kind.AT_MOST: (1, 99, True),
    Kind.DIRECTION: (2, 2, False),
    Kind.COLOUR: (0, 0, False),
    Kind.ECONOMY: (2, 2, False),
    Kind.PULSE: (1, 1, False),
}
COLOURED = frozenset({Kind.COLOUR, Kind.ECONOMY, Kind.PULSE})


@dataclass(frozen=True, slots=True)
class Named:
    """One figure. What is left out is not asked, but report and line are the relation's own."""

    source: str = ""
    indicator: str = ""
    measure: str = ""
    line: int = 0
    org: str = ""
    period: str = ""
    label: str = ""
    value: str = ""

    def asked(self) -> str:
        parts = (self.indicator, self.measure, self.org, self.period, self.label, self.value)
        return ", ".join(part for part in parts if part) or "någon siffra"


@dataclass(frozen=True, slots=True)
class Relation:
    """``source`` and ``line``: where the report says it. ``text`` retells what it says, in own words.

    ``within`` is the period the report claims for all terms. ``subject`` and ``period`` name the goal or indicator
    whose colour is meant, ``says`` a direction or a colour. ``finding`` overrides the kind of contradiction.
    """

    id: str
    kind: Kind
    source: str
    line: int
    text: str
    result: Named | None = None
    terms: tuple[Named, ...] = ()
    minus: tuple[Named, ...] = ()
    equals: float | None = None
    says: str = ""
    subject: str = ""
    period: Period | None = None
    within: Period | None = None
    per_month: bool = False
    finding: str = ""

    @property
    def place(self) -> Place:
        return Place(self.source, self.line)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A finding that a person has looked at and that is no contradiction; the first four name it."""

    kind: str
    source: str
    line: int
    measure: str
    reason: str


@dataclass(frozen=True, slots=True)
class Relations:
    """All that is declared, in the order of the file."""

    relations: tuple[Relation, ...] = ()
    cleared: tuple[Cleared, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A relation with its figures."""

    relation: Relation
    result: Figure | None
    terms: tuple[Figure, ...]
    minus: tuple[Figure, ...]
