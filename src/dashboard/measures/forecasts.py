"""The year's forecast reckoned in other ways than the management's own: B, C and D, now and month by month.

D follows the volumes that have a price (``roles.toml``: days in placement, households with support) at the pace of the
latest months. Which those are for a unit follows from the levels of the indicators; everything else goes by what
remains of the budget.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dashboard.domain import economy as rules
from dashboard.domain.forecast import Pace, forecast_d, pace
from dashboard.domain.model import Origin, Unit
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.domain.roles import Followed
from dashboard.measures import accounts, economy
from dashboard.measures.facts import Facts, Series
from dashboard.measures.values import Value, value_of

RECENT = 3  # months that the pace is taken from
BUFFER = "buffert"
EQUAL = 0.5  # tkr: what rounding to thousands hides


@dataclass(frozen=True, slots=True)
class Covered:
    """What D knows of one volume of a unit, in tkr and positive: its cost so far, and that of the ``left`` ahead.

    ``left`` is days or months until the year ends; ``recent`` are the months that the pace is taken from.
    """

    followed: Followed
    so_far: float
    pace: Pace
    left: int
    origin: Origin = Origin.IMPORTED
    recent: tuple[Month, ...] = ()

    @property
    def ahead(self) -> float:
        return self.pace.cost(self.left)


@dataclass(frozen=True, slots=True)
class Letters:
    """B, C and D in tkr. What is None is so for the reason in ``why``, a sentence by letter."""

    b: float | None
    c: float | None
    d: float | None
    covered: tuple[Covered, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)

    @property
    def span(self) -> tuple[float, float] | None:
        """B and C as a range, the dearer first; None when either is missing."""
        return None if self.b is None or self.c is None else (min(self.b, self.c), max(self.b, self.c))


class Place(StrEnum):
    """Where the management's forecast lies against the range from B to C."""

    CHEAPER = "cheaper"
    INSIDE = "inside"
    DEARER = "dearer"


@dataclass(frozen=True, slots=True)
class Outlook:
    """One unit's year at the end of a period: the accounts as printed or loaded, and what follows from them.

    ``forecast`` is the management's and holds the ``buffer`` (tkr) where there is one; B, C and D never do.
    """

    unit: Unit
    period: Period
    outcome: Value
    budget: Value
    forecast: Value
    year_budget: Value
    letters: Letters
    buffer: float | None = None

    @property
    def closed(self) -> bool:
        return self.period.end.number == 12

    @property
    def own(self) -> float | None:
        """The management's forecast without the buffer, which is what can be held against B, C and D."""
        number = self.forecast.number
        return None if number is None else float(number) - (self.buffer or 0.0)

    @property
    def place(self) -> Place | None:
        span = self.letters.span
        if span is None or self.own is None:
            return None
        if self.own > span[1] + EQUAL:
            return Place.CHEAPER
        return Place.DEARER if self.own < span[0] - EQUAL else Place.INSIDE

    @property
    def origin(self) -> Origin | None:
        return combined(one.origin for one in (self.outcome, self.budget, self.forecast, self.year_budget))


@dataclass(frozen=True, slots=True)
class MonthOutlook:
    """The management's forecast without buffer, and B, C and D, as they were at the end of a month; tkr."""

    month: Month
    own: float | None
    year_budget: float | None
    letters: Letters
    origin: Origin


def length_of(one: Followed, months: Sequence[Month]) -> int:
    """The months in what the volume is counted by: days, or months."""
    return days_of(months) if one.daily else len(months)


def days_of(months: Sequence[Month]) -> int:
    return sum(monthrange(month.year, month.number)[1] for month in months)


def outlooks(facts: Facts, units: Sequence[Unit], period: Period) -> tuple[Outlook, ...]:
    """The outlook of each unit at the end of the period. Shape: one per unit; at most one query for them all."""
    whole = accounts.read(facts, Period.month(period.end)).period
    known = facts.catalogue.indicators
    buffers = {unit.id: buffer_of(facts, unit, whole.end) for unit in units}
    ids = {unit.id for unit in [*units, *filter(None, buffers.values())]}
    roles = facts.catalogue.roles
    found = facts.series(
        [*roles.accounts.monthly, *roles.priced], ids, Month(whole.end.year - 1, 1), whole.end
    )

    def read(indicator: str, unit: Unit) -> Value:
        return value_of(facts, known[indicator], unit, whole, found.get((indicator, unit.id), {}))

    result = []
    for unit in units:
        outcome, budget, forecast, year = (read(name, unit) for name in roles.accounts.monthly)
        numbers = [None if v.number is None else float(v.number) for v in (outcome, budget, year)]
        letters = letters_of(found, roles.volumes, unit, whole.end, *numbers)
        kept = buffers[unit.id]
        buffer = read(roles.accounts.forecast, kept).number if kept else None
        extra = None if buffer is None else float(buffer)
        result.append(Outlook(unit, whole, outcome, budget, forecast, year, letters, extra))
    return tuple(result)


def buffer_of(facts: Facts, unit: Unit, month: Month) -> Unit | None:
    """The buffer that counts into the unit's forecast in the month."""
    below = facts.catalogue.children(unit.id, month)
    return next((one for one in below if one.kind == BUFFER), None)


def history(facts: Facts, unit: Unit, year: int, last: Month) -> tuple[MonthOutlook, ...]:
    """The letters at the end of each month of the year up to ``last``: what they would have said then."""
    rows = [row for row in economy.months(facts, unit.id, year) if row.month <= last]
    ids = [unit.id, *(one.id for one in facts.catalogue.children(unit.id) if one.kind == BUFFER)]
    roles = facts.catalogue.roles
    own_forecast = roles.accounts.forecast
    found = facts.series([own_forecast, *roles.priced], ids, Month(year - 1, 1), last)
    result = []
    for row in rows:
        letters = letters_of(found, roles.volumes, unit, row.month, row.outcome, row.budget, row.year_budget)
        buffer = buffer_of(facts, unit, row.month)
        extra = found.get((own_forecast, buffer.id), {}).get(row.month) if buffer else None
        own = None if row.forecast is None else row.forecast - (extra.num if extra else 0.0)
        rests_on = combined([row.origin, *(one.origin for one in letters.covered)]) or row.origin
        result.append(MonthOutlook(row.month, own, row.year_budget, letters, rests_on))
    return tuple(result)


def letters_of(
    found: Series,
    volumes: Sequence[Followed],
    unit: Unit,
    month: Month,
    outcome: float | None,
    budget: float | None,
    year: float | None,
) -> Letters:
    """B, C and D at the end of the month; each that cannot be reckoned says why."""
    if outcome is None or budget is None or year is None:
        missing = "Utfall eller budget saknas, så det finns inget att räkna från."
        return Letters(None, None, None, (), dict.fromkeys("bcd", missing))
    why: dict[str, str] = {}
    c = rules.forecast_c(outcome, budget, year)
    if c is None:
        why["c"] = "Budgeten hittills är noll, så det finns ingen takt att räkna upp."
    covered = covered_of(found, volumes, unit, month)
    d = None
    if not covered:
        why["d"] = f"Volymer med pris följs inte för {unit.name}, så D skulle bli detsamma som B."
    else:
        so_far, ahead = (
            sum(values) for values in zip(*((one.so_far, one.ahead) for one in covered), strict=True)
        )
        d = forecast_d(outcome, budget, year, so_far, ahead)
        if d is None:
            why["d"] = "Volymerna kostar mer än hela nettokostnaden, så budgeten kan inte fördelas."
    return Letters(rules.forecast_b(outcome, budget, year), c, d, covered, why)


def covered_of(found: Series, volumes: Sequence[Followed], unit: Unit, month: Month) -> tuple[Covered, ...]:
    """The volumes that D knows for the unit: those with every month of the year so far, and a price lately."""
    so_far = Month(month.year, 1).until(month)
    left = month.shift(1).until(Month(month.year, 12))
    result = []
    for one in volumes:
        amounts, costs = found.get((one.volume, unit.id), {}), found.get((one.cost, unit.id), {})
        if any(m not in amounts or m not in costs for m in so_far):
            continue
        recent = [m for m in month.shift(1 - RECENT).until(month) if m in amounts and m in costs]
        lately = pace(
            [amounts[m].num for m in recent],
            [costs[m].num for m in recent],
            [length_of(one, [m]) for m in recent],
        )
        if lately is not None:
            spent = sum(costs[m].num for m in so_far)
            origin = (
                combined(of[m].origin for of in (amounts, costs) for m in {*so_far, *recent})
                or Origin.IMPORTED
            )
            result.append(Covered(one, spent, lately, length_of(one, left), origin, tuple(recent)))
    return tuple(result)
