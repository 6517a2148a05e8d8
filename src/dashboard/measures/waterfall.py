"""From the year's budget to its forecast (or, when it has closed, its outcome), step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.forecast import stairs
from dashboard.domain.model import Origin, Unit
from dashboard.domain.organisation import ASIDE
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.measures import accounts
from dashboard.measures.economy import levels_of
from dashboard.measures.facts import Facts
from dashboard.measures.forecasts import buffer_of
from dashboard.measures.values import Value, value_of

NOTHING = 0.0005  # tkr: half a krona, below which a sum of decimals is not a difference


class StepKind(StrEnum):
    PART = "part"
    SO_FAR = "so-far"
    REST = "rest"
    BUFFER = "buffer"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Step:
    """``change`` in tkr, negative is worse; ``start`` and ``end`` are the sums before and after it."""

    label: str
    kind: StepKind
    change: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """``budget`` + Σ changes is ``total``, to the krona. ``before_buffer`` is None where there is no buffer."""

    unit: Unit
    period: Period
    budget: float
    total: float
    steps: tuple[Step, ...]
    origin: Origin
    closed: bool

    @property
    def before_buffer(self) -> float | None:
        return next((one.start for one in self.steps if one.kind is StepKind.BUFFER), None)


def waterfall(facts: Facts, unit: Unit, period: Period) -> Waterfall | None:
    """By part where the accounts divide the unit, else by what has happened and what is expected.

    What the printed parts do not add up to is a step of its own, as is the buffer. None when the unit, or one of its
    parts, has no budget or no forecast then. At most one query.
    """
    whole = accounts.read(facts, Period.month(period.end)).period
    closed = whole.end.number == 12
    known = facts.catalogue.indicators
    ids = facts.catalogue.roles.accounts
    levels = levels_of(facts)
    below = facts.catalogue.children(unit.id, whole.end)
    named = [part for part in below if part.kind not in ASIDE and part.kind in levels]
    buffer = None if closed else buffer_of(facts, unit, whole.end)
    units = [one.id for one in (unit, *named, *([buffer] if buffer else []))]
    found = facts.series(ids.monthly, units, Month(whole.end.year, 1), whole.end)

    def read(indicator: str, one: Unit) -> Value:
        return value_of(facts, known[indicator], one, whole, found.get((indicator, one.id), {}))

    base, goal = (ids.budget, ids.outcome) if closed else (ids.year_budget, ids.forecast)
    both = [(part, (read(base, part), read(goal, part))) for part in named]
    # A part of the organisation need not be a row of the accounts in every year.
    both = [(part, pair) for part, pair in both if any(value.number is not None for value in pair)]
    parts = [part for part, _ in both]
    values = [(read(base, unit), read(goal, unit)), *(pair for _, pair in both)]
    if any(value.number is None for pair in values for value in pair):
        return None
    first, last = (float(value.number or 0) for value in values[0])
    changes = [
        (part.name, StepKind.PART, float(pair[1].number or 0) - float(pair[0].number or 0))
        for part, pair in zip(parts, values[1:], strict=True)
    ]
    if not parts and not closed:
        done, planned = read(ids.outcome, unit).number, read(ids.budget, unit).number
        if done is None or planned is None:
            return None
        gap = float(done) - float(planned)
        changes = [("Hittills", StepKind.SO_FAR, gap), ("Resten av året", StepKind.REST, last - first - gap)]
    elif not parts:
        changes = [(unit.name, StepKind.PART, last - first)]
    extra = read(ids.forecast, buffer).number if buffer else None
    changes += _remainder(changes, last - first - float(extra or 0))
    if extra is not None and buffer is not None:
        changes.append((buffer.name, StepKind.BUFFER, float(extra)))
    origin = combined(value.origin for pair in values for value in pair) or Origin.IMPORTED
    return Waterfall(unit, whole, first, last, _hung(changes, first), origin, closed)


Change = tuple[str, StepKind, float]


def _remainder(changes: Sequence[Change], wanted: float) -> list[Change]:
    """What the parts do not add up to: rounding when it is at most a thousand a part."""
    rest = wanted - sum(change for _, _, change in changes)
    if abs(rest) < NOTHING:
        return []
    label = "Avrundning" if abs(rest) <= len(changes) else "Fördelas inte på delarna"
    return [(label, StepKind.ROUNDING, rest)]


def _hung(changes: Sequence[Change], first: float) -> tuple[Step, ...]:
    places = stairs([change for _, _, change in changes], first)
    return tuple(
        Step(label, kind, change, start, end)
        for (label, kind, change), (start, end) in zip(changes, places, strict=True)
    )
