"""Any indicator over the months: one line a unit, its printed points, and breaks where the units changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.domain import organisation
from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Nature, Origin, OverPeriod, Unit
from dashboard.domain.origins import combined, what_is_what
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.domain.series import Point, Points
from dashboard.measures.facts import Facts, Series
from dashboard.measures.printed import Printed, all_printed, printed_between, printed_points
from dashboard.measures.rates import rated, rated_series
from dashboard.measures.trend_marks import breaks, event_month, events, undated
from dashboard.measures.values import missing_reason
from dashboard.notes import Note
from dashboard.published import Event

__all__ = [
    "MONTHLY",
    "R12",
    "Dot",
    "Printed",
    "Trend",
    "TrendLine",
    "all_printed",
    "basis_for",
    "event_month",
    "events",
    "printed_between",
    "printed_points",
    "trend",
    "undated",
]

MONTHLY, R12 = "manad", "r12"
FIRST, LAST = Month(1900, 1), Month(9999, 12)


@dataclass(frozen=True, slots=True)
class Dot:
    """One month on a line; ``number`` is None where the series has a gap; ``origin`` is that of the months behind."""

    month: Month
    number: float | None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One unit. ``reason`` says why there is no line; with printed points the chart is still worth
    drawing.

    ``last_year`` has a dot for each of ``dots``, with the value twelve months earlier. ``before`` has the months of the
    chosen period, each with the value of as many months earlier as the period is long.
    """

    unit: Unit
    dots: tuple[Dot, ...]
    last_year: tuple[Dot, ...]
    printed: tuple[Printed, ...]
    origin: Origin | None
    reason: str = ""
    before: tuple[Dot, ...] = ()

    @property
    def what_is_what(self) -> str:
        """Which months are demo and which are loaded; empty where all are of one origin."""
        return what_is_what({dot.month: dot.origin for dot in self.dots})

    @property
    def drawn(self) -> bool:
        return bool(self.dots) or any(point.drawn for point in self.printed)


@dataclass(frozen=True, slots=True)
class Trend:
    """``undated`` are events without a place on the axis: known only to the year, or outside its months.

    ``notes`` are people's own words on the measure and the units, in order of time; some may lie outside the months.
    """

    indicator: Indicator
    basis: str  # "manad" or "r12"
    months: tuple[Month, ...]
    lines: tuple[TrendLine, ...]
    target: float | None
    target_text: str
    events: tuple[Event, ...]
    breaks: tuple[tuple[Month, str], ...]
    undated: tuple[Event, ...] = ()
    notes: tuple[Note, ...] = ()


def basis_for(indicator: Indicator, wanted: str) -> tuple[str, str]:
    """The basis that the indicator can be shown in, and why it is not the wanted one ("" when it is)."""
    if indicator.over_period is OverPeriod.R12:
        refused = f"{indicator.short} räknas alltid över tolv månader, så en månad för sig visas inte."
        return R12, refused if wanted == MONTHLY else ""
    if wanted != R12:
        return MONTHLY, ""
    if not indicator.monthly:
        return MONTHLY, f"{indicator.short} finns bara som tryckta tal. R12 kräver ett värde för varje månad."
    if indicator.r12:
        return R12, ""
    if indicator.nature in {Nature.ACCUMULATED, Nature.FULL_YEAR}:
        why = "gäller redan hela året eller året hittills"
    elif indicator.nature is Nature.STOCK:
        why = "räknas vid ett tillfälle i månaden och kan inte läggas ihop över tolv månader"
    else:
        why = "läses inte över tolv månader"
    return MONTHLY, f"{indicator.short} {why}. Visar månad för månad."


def trend(
    facts: Facts,
    indicator_id: str,
    units: Sequence[str],
    selection: Selection,
    *,
    basis: str = MONTHLY,
    first: Month | None = None,
    per: str = "",
) -> Trend:
    """From ``first`` (None: from the first value there is) to the end of the period, or the last known month in it.

    Shape: one line a unit, one dot a month; one query. A unit that is the same as an earlier one under another id
    carries that one's months too. ``per`` names the catalogue's rate that the measure is divided by; what is printed
    is then left out, for reports print the measure and not the ratio. Raises SelectionError for an unknown indicator,
    unit or rate.
    """
    asked = facts.catalogue.indicator(indicator_id)
    indicator = rated(facts.catalogue, asked, per) if per else asked
    chosen = [facts.catalogue.unit(unit) for unit in units]
    rolled = basis_for(indicator, basis)[0] == R12
    links = {
        unit.id: [link.unit for link in organisation.chain(facts.catalogue.units, unit.id)] for unit in chosen
    }
    ids = {one for link in links.values() for one in link}
    found = rated_series(facts, asked, per, ids) if per else facts.series([asked.id], ids, FIRST, LAST)
    points = {unit: _joined(found, indicator.id, link) for unit, link in links.items()}
    printed = {
        unit: tuple(
            p
            for one in link
            for p in printed_between(facts, indicator, one, FIRST, selection.period.end, rolled=rolled)
        )
        for unit, link in links.items()
    }
    start = first or _first(points.values(), printed.values(), rolled) or selection.period.end
    last = _last(selection.period.end, start, points.values(), printed.values())
    months = start.until(last) if start <= last else (last,)
    lines = tuple(
        _line(facts, indicator, unit, points[unit.id], printed[unit.id], (months, selection.period), rolled)
        for unit in chosen
    )
    return Trend(
        indicator,
        R12 if rolled else MONTHLY,
        months,
        lines,
        indicator.target,
        indicator.target_text,
        events(facts, asked.id, months),
        breaks(facts, indicator, units, months),
        undated(facts, asked.id, months, selection.period.end, whole=first is None),
        facts.notes.about(asked.id, ids),
    )


def _joined(found: Series, indicator_id: str, link: Sequence[str]) -> dict[Month, Point]:
    joined: dict[Month, Point] = {}
    for unit in link:
        joined.update(found.get((indicator_id, unit), {}))
    return joined


def _first(points: Iterable[Points], printed: Iterable[Sequence[Printed]], rolled: bool) -> Month | None:
    """The first month that has something to show; an R12 exists from the twelfth month."""
    months = [min(one).shift(11 if rolled else 0) for one in points if one]
    months += [point.since or point.month for one in printed for point in one if point.drawn]
    return min(months, default=None)


def _last(end: Month, start: Month, points: Iterable[Points], printed: Iterable[Sequence[Printed]]) -> Month:
    """The end of the period, or the last month with a value where that is before it: an axis is not drawn into a time
    that nothing is known of. Where nothing from ``start`` on is known, the end of the period.
    """
    months = [month for one in points for month in one]
    months += [point.month for one in printed for point in one if point.drawn]
    return max((month for month in months if start <= month <= end), default=end)


def _line(
    facts: Facts,
    indicator: Indicator,
    unit: Unit,
    points: Points,
    printed: Sequence[Printed],
    when: tuple[Sequence[Month], Period],
    rolled: bool,
) -> TrendLine:
    months, period = when

    def at(month: Month) -> float | None:
        if rolled:
            return rules.rolling(indicator, points, month)
        return rules.month_value(indicator, points.get(month))

    def dot(month: Month, back: int = 0) -> Dot:
        then = month.shift(-back)
        number = at(then)
        if number is None:
            return Dot(month, None)
        return Dot(month, number, rules.rolling_origin(points, then) if rolled else points[then].origin)

    dots = tuple(dot(month) for month in months)
    earlier = tuple(dot(month, 12) for month in months)
    back = len(period.months)
    before = tuple(dot(month, back) for month in period.months if month in months)
    inside = tuple(point for point in printed if months[0] <= point.month <= months[-1])
    empty = all(dot.number is None for dot in dots)
    reason = _reason(facts, indicator, unit, months, points, rolled) if empty else ""
    origin = combined(dot.origin for dot in dots)
    if empty:
        return TrendLine(unit, (), (), inside, origin, reason)
    return TrendLine(unit, dots, earlier, inside, origin, reason, before)


def _reason(
    facts: Facts, indicator: Indicator, unit: Unit, months: Sequence[Month], points: Points, rolled: bool
) -> str:
    """Why no month has a value, in one plain sentence."""
    end = months[-1]
    if points and end < min(points):
        return f"{unit.name} har månadsvärden först från {min(points).name}."
    if points and rolled and end < min(points).shift(11):
        return (
            f"R12 för {unit.name} finns först från {min(points).shift(11).name}, när tolv månader är kända."
        )
    if points and months[0] > max(points):
        return f"{unit.name} har månadsvärden t.o.m. {max(points).name}."
    known = _known_from(facts, indicator)
    if indicator.monthly and not points and known and end < known and unit.existed(known):
        return f"Inga månadsvärden finns före {known.name}."
    return missing_reason(facts, indicator, unit, Period.month(end), points)


def _known_from(facts: Facts, indicator: Indicator) -> Month | None:
    span = facts.span()
    return span[0] if span and indicator.monthly else None
