"""The units' own judgements of the goals, and how many units reach each: as printed, else counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.domain.model import Colour, Goal, Origin
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.measures.facts import Facts
from dashboard.published import Assessment

_SEVERITY = (Colour.RED, Colour.YELLOW, Colour.GREEN)


@dataclass(frozen=True, slots=True)
class Judged:
    """A colour, for which period, by whom and where it stands. ``row`` is None where no report prints it.

    ``held`` is False where the goal did not exist in the period.
    """

    colour: Colour
    period: Period
    origin: Origin | None
    row: Assessment | None = None
    reason: str = ""
    held: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """How many units reach the goal. ``text`` is as printed; a colour's count is None where it is not."""

    text: str
    green: int | None
    yellow: int | None
    red: int | None
    origin: Origin
    row: Assessment | None = None
    total: int | None = None


def children(facts: Facts, goal: Goal) -> Sequence[Goal]:
    found = [child for child in facts.catalogue.goals.values() if child.parent == goal.id]
    return sorted(found, key=lambda child: child.order)


UnitColour = tuple[str, Colour, str, Origin]  # unit, colour, reason, origin
UnitColours = dict[str, list[UnitColour]]


def unit_colours(facts: Facts, period: Period) -> UnitColours:
    """Per goal the colours that the units gave themselves in the period's last month."""
    return _year(facts, period.end.year).get(period.end, {})


@lru_cache(maxsize=64)  # whoever looks at one month looks at its neighbours as well
def _year(facts: Facts, year: int) -> Mapping[Month, UnitColours]:
    """The units' own colours in every month of a year; one query."""
    first, last = Month(year, 1).first_day, Month(year, 12).first_day
    found: dict[Month, UnitColours] = {}
    for goal, unit, day, colour, reason, origin in facts.warehouse.run("unit_status", first=first, last=last):
        row = (unit, Colour(colour), reason, Origin(origin))
        found.setdefault(Month.of(day), {}).setdefault(goal, []).append(row)
    return found


def of_unit(facts: Facts, goal: Goal, unit: str, period: Period, units: UnitColours) -> Judged:
    """A unit's own colour from the monthly judgements of the units; of a department, its units' worst.

    A goal that the units judge by its nämndmål takes the worst of those.
    """
    rows = [row for _, inside in _inside(facts, goal, unit, units) for row in inside]
    if not rows:
        reason = f"Enheten har ingen egen bedömning av målet för {period.end.name}."
        return Judged(Colour.NOT_ASSESSED, period, None, reason=reason)
    worst = min(rows, key=lambda row: _SEVERITY.index(row[1]))
    return Judged(worst[1], Period.month(period.end), worst[3], reason=worst[2])


def _inside(
    facts: Facts, goal: Goal, unit: str, units: UnitColours
) -> Iterator[tuple[str, Sequence[UnitColour]]]:
    """The goal, or where the units judge that its nämndmål, each with the judgements of the unit and those below it."""
    inside = {below.id for below in facts.catalogue.descendants(unit)} | {unit}
    about = [goal.id] if units.get(goal.id) else [child.id for child in children(facts, goal)]
    return ((one, [row for row in units.get(one, []) if row[0] in inside]) for one in about)


def share_within(facts: Facts, goal: Goal, unit: str, units: UnitColours) -> Share | None:
    """How many of a department's units reach the goal; None for a unit without several units of its own.

    What reports print is about the whole organisation. Of several nämndmål the one that fewest reach, as for the whole.
    """
    counted = [_counted(rows) for _, rows in _inside(facts, goal, unit, units) if len(rows) > 1]
    return min(counted, key=lambda one: one.green or 0, default=None)


def by_unit(facts: Facts, selection: Selection) -> dict[str, tuple[tuple[str, Judged], ...]]:
    """Per goal the units' own colours in the period's last month, of the chosen unit and those below it."""
    inside = {unit.id for unit in facts.catalogue.descendants(selection.unit)} | {selection.unit}
    month = Period.month(selection.period.end)
    return {
        goal: tuple((u, Judged(c, month, origin, reason=why)) for u, c, why, origin in rows if u in inside)
        for goal, rows in unit_colours(facts, selection.period).items()
    }


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the units were green in a month; ``total`` is 0 where none judged the goal."""

    month: Month
    green: int
    total: int
    origin: Origin | None


def green_units(facts: Facts, year: int) -> tuple[tuple[Goal, tuple[Reach, ...]], ...]:
    """Goal × month for one year, by the units' own judgements; goals that no unit judged are left out."""
    first, last = Month(year, 1), Month(year, 12)
    found = _year(facts, year)
    judged = {goal for colours in found.values() for goal in colours}
    return tuple(
        (goal, tuple(_reach(m, found.get(m, {}).get(goal.id, [])) for m in first.until(last)))
        for goal in facts.catalogue.goals.values()
        if goal.id in judged
    )


def _reach(month: Month, rows: Sequence[UnitColour]) -> Reach:
    green = sum(1 for _, colour, _, _ in rows if colour is Colour.GREEN)
    return Reach(month, green, len(rows), combined(row[3] for row in rows))


def printed_share(facts: Facts, subjects: Iterable[str], period: Period) -> Share | None:
    """The share as printed for one of the subjects; of several the one that fewest units reach."""
    below = set(subjects)
    printed = [
        row
        for row in facts.published.assessments
        if row.subject_kind == "unit_share" and row.subject in below and row.when == period
    ]
    if not printed:
        return None
    row = min(printed, key=lambda row: (row.total or 0) if row.green is None else row.green)
    return Share(row.outcome, row.green, row.yellow, row.red, Origin.PUBLISHED, row, row.total)


def share(facts: Facts, goal: Goal, period: Period, units: UnitColours) -> Share | None:
    """Units that reach the goal: as printed for it or its nämndmål, else counted from the units' judgements.

    A goal with several nämndmål shows the one that fewest units reach.
    """
    printed = printed_share(facts, [goal.id, *(child.id for child in children(facts, goal))], period)
    if printed:
        return printed
    rows = units.get(goal.id, [])
    return _counted(rows) if rows else None


def _counted(rows: Sequence[UnitColour]) -> Share:
    count = {colour: sum(1 for row in rows if row[1] is colour) for colour in Colour}
    green, yellow, red = count[Colour.GREEN], count[Colour.YELLOW], count[Colour.RED]
    origin = combined(row[3] for row in rows) or rows[0][3]
    return Share(f"{green} av {len(rows)}", green, yellow, red, origin, None, len(rows))
