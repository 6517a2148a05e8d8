"""Which sentences matter now, and in which order. The rule is written for readers in docs/insights.md.

weight = seriousness × certainty × size × newness, each between 0 and 1:

- *seriousness*: what it means for the board. A table by kind and direction (``SERIOUS``): worse before better.
- *certainty*: what it rests on. Printed 1, imported months 0.9, the demo's months 0.5; times 0.8 when a report
  contradicts the number, or when the limits are provisional.
- *size*: how large, as a share of what counts as large for its kind, never under 0.2.
- *newness*: 1 for what is new in this period; less for what also held before (each kind says how much).

Chosen from the heaviest down: nothing under ``LEAST``, nothing about a subject already spoken of, at most
``PER_KIND`` of a kind, at most ``MOST_SHOWN`` in all. Equal weights go by kind in the order of ``Kind``, then by the
catalogue's order, then by the text, so that the same numbers always give the same page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dashboard.domain.model import Origin

MOST_SHOWN = 5
PER_KIND = 2
LEAST = 0.08
SMALLEST = 0.2


class Kind(StrEnum):
    """In the order that decides between equal weights."""

    STATUS = "status"  # a goal has another colour
    DISAGREEMENT = "disagreement"  # a goal's colour and its indicators say different things
    FORECAST = "forecast"  # the forecast has changed since the one before
    DEVIATION = "deviation"  # the largest deviation from budget or from the period compared with
    SIGNAL = "signal"  # this month says that something has changed
    RECORD = "record"  # highest or lowest for long
    RISK = "risk"  # a risk has moved


# (worse, better) for each kind. Neither way: NEUTRAL.
SERIOUS: Mapping[Kind, tuple[float, float]] = MappingProxyType(
    {
        Kind.STATUS: (1.0, 0.6),
        Kind.DISAGREEMENT: (1.0, 0.5),
        Kind.FORECAST: (1.0, 0.5),
        Kind.DEVIATION: (0.9, 0.45),
        Kind.SIGNAL: (0.8, 0.45),
        Kind.RECORD: (0.7, 0.4),
        Kind.RISK: (0.9, 0.4),
    }
)
NEUTRAL = 0.25
CERTAIN: Mapping[Origin | None, float] = MappingProxyType(
    {Origin.PUBLISHED: 1.0, Origin.IMPORTED: 0.9, Origin.SYNTHETIC: 0.5, Origin.MIXED: 0.5, None: 0.5}
)
DOUBT = 0.8


@dataclass(frozen=True, slots=True)
class Weight:
    """The four factors, each 0 to 1. Raises ValueError for one outside."""

    seriousness: float
    certainty: float
    size: float
    newness: float

    def __post_init__(self) -> None:
        if not all(0 <= one <= 1 for one in (self.seriousness, self.certainty, self.size, self.newness)):
            raise ValueError(f"a factor outside 0 to 1: {self}")

    @property
    def total(self) -> float:
        """Rounded, so that equal weights are equal whatever the order of the multiplications."""
        return round(self.seriousness * self.certainty * self.size * self.newness, 6)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the sentence leads: a page, its own parameters, and a place on it."""

    page: str
    params: tuple[tuple[str, str], ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Insight:
    """A sentence with what it is about and why it is said.

    ``subjects`` are ids of indicators, goals, risks or parts, each with its kind (``mått:…``): no two sentences
    chosen share one. ``order`` is its place in the catalogue. ``origin`` is what the sentence rests on; the weakest.
    """

    kind: Kind
    text: str
    weight: Weight
    origin: Origin | None
    subjects: frozenset[str]
    unit: str
    target: Target
    why: str
    order: int = 0


def seriousness(kind: Kind, worse: bool | None) -> float:
    """None: neither way is good."""
    return NEUTRAL if worse is None else SERIOUS[kind][0 if worse else 1]


def certainty(origin: Origin | None, *doubts: bool) -> float:
    return CERTAIN[origin] * DOUBT ** sum(doubts)


def size(value: float, large: float) -> float:
    """``value`` as a share of what is large, between ``SMALLEST`` and 1."""
    return min(1.0, max(SMALLEST, abs(value) / large)) if large > 0 else SMALLEST


def chosen(found: Iterable[Insight], most: int = MOST_SHOWN) -> tuple[Insight, ...]:
    """The sentences to show, the heaviest first."""
    kinds = list(Kind)
    ranked = sorted(found, key=lambda one: (-one.weight.total, kinds.index(one.kind), one.order, one.text))
    kept: list[Insight] = []
    taken: set[str] = set()
    per_kind: Counter[Kind] = Counter()
    for one in ranked:
        if len(kept) == most or one.weight.total < LEAST:
            break
        if taken & one.subjects or per_kind[one.kind] == PER_KIND:
            continue
        kept.append(one)
        taken |= one.subjects
        per_kind[one.kind] += 1
    return tuple(kept)
