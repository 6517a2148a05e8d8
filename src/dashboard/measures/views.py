"""A trend in two other ways: each unit's years on top of each other, and all units as an index from one month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain.model import Indicator, Nature, Origin, OverPeriod
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month
from dashboard.domain.spc_data import seasonal
from dashboard.domain.text import number
from dashboard.domain.views import NoIndex, Year, by_year, first_common, indexed
from dashboard.measures.trend import Trend, TrendLine

LEAST_BASE = 10  # of what is counted; below it one more or less is over a tenth


@dataclass(frozen=True, slots=True)
class Seasons:
    """One unit's years, the oldest first; none where ``reason`` says why. ``follows``: the months a year apart lie
    closer to each other than those half a year apart (``domain.spc_data.seasonal``).
    """

    line: TrendLine
    years: tuple[Year, ...]
    follows: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IndexedLine:
    """One unit with a value a month, ``base`` = 100; no values where ``reason`` says why.

    ``origins``: each value rests on its own month and on the base.
    """

    line: TrendLine
    values: tuple[float | None, ...]
    reason: str = ""
    origins: tuple[Origin | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Indexed:
    """``base`` is None where no month can be the base; ``reason`` says why. ``moved``: why the base is not the first
    month shown, "" when it is, or when it was chosen.
    """

    base: Month | None
    lines: tuple[IndexedLine, ...]
    reason: str = ""
    moved: str = ""


def seasons_refused(indicator: Indicator) -> str:
    """Why the years of a measure cannot be laid on top of each other, in plain words; "" when they can."""
    if not indicator.monthly:
        return f"{indicator.short} finns bara som tryckta tal. År för år kräver ett värde för varje månad."
    if indicator.over_period is OverPeriod.R12:
        return (
            f"{indicator.short} räknas över tolv månader, så att årstiderna jämnas ut. År för år säger något bara om "
            "enskilda månader."
        )
    return ""


def index_refused(indicator: Indicator) -> str:
    """Why a measure cannot be an index, whatever its values are; "" when that is for the values to say."""
    if not indicator.monthly:
        return f"{indicator.short} finns bara som tryckta tal. Index kräver ett värde för varje månad."
    if indicator.nature is Nature.ACCUMULATED:
        return (
            f"{indicator.short} räknas ihop från januari och börjar om varje år. Ett index från en basmånad skulle "
            "visa hur långt året har gått, inte hur måttet har ändrats."
        )
    return ""


def seasons(found: Trend) -> tuple[Seasons, ...]:
    """One for each line of a monthly trend. Two years with values are the least there is to lay on each other."""
    return tuple(_seasons(found, line) for line in found.lines)


def _seasons(found: Trend, line: TrendLine) -> Seasons:
    values = [dot.number for dot in line.dots]
    if not values:
        return Seasons(line, (), reason=line.reason or f"{line.unit.name} har inga månadsvärden.")
    years = by_year([dot.month for dot in line.dots], values)
    if len(years) < 2:
        which = f"bara för {years[0].year}" if years else "inte för någon månad"
        return Seasons(
            line, (), reason=f"{line.unit.name} har värden {which}, så det finns inget år att jämföra med."
        )
    follows = found.indicator.nature is not Nature.ACCUMULATED and seasonal(values)
    return Seasons(line, years, follows)


def index(found: Trend, base: Month | None = None) -> Indexed:
    """Every line as a percentage of its value in ``base``, else in the first month that all can start from."""
    lines = [[dot.number for dot in line.dots] for line in found.lines]
    positive = [line for line in lines if not any(value is not None and value < 0 for value in line)]
    empty = tuple(IndexedLine(line, (), line.reason) for line in found.lines)
    if base is not None and base not in found.months:
        return Indexed(
            None, empty, f"Inget av det valda har något värde i {base.name}. Välj en annan basmånad."
        )
    place = found.months.index(base) if base else _first_base(found.indicator, positive)
    if place is None:
        if any(lines) and not any(positive):
            return Indexed(
                None, empty, f"{found.indicator.short} har värden under noll och kan inte bli index."
            )
        return Indexed(None, empty, "Ingen månad har värden över noll för alla valda enheter.")
    month = found.months[place]
    moved = ""
    if base is None and place > 0:
        whom = "alla valda enheter" if len(found.lines) > 1 else "enheten"
        moved = f"{month.name.capitalize()} är basmånad: den första där {whom} har ett värde att räkna från."
    return Indexed(month, tuple(_indexed(found, line, place) for line in found.lines), moved=moved)


def _first_base(indicator: Indicator, lines: Sequence[Sequence[float | None]]) -> int | None:
    """The first month that is base enough for every line that ever is; where none ever is, the first above zero."""
    large = [
        [0.0 if value is not None and _too_small(indicator, value) else value for value in line]
        for line in lines
    ]
    place = first_common([line for line in large if any(line)])
    return first_common(lines) if place is None else place


def _too_small(indicator: Indicator, start: float) -> bool:
    """Whether one more or less of what is counted would be over a tenth of the base, or a ratio is shown as nothing."""
    steps = 1 if indicator.nature is Nature.RATIO else LEAST_BASE
    return 0 < start < steps * 10.0**-indicator.decimals


def _indexed(found: Trend, line: TrendLine, place: int) -> IndexedLine:
    if not line.dots:
        return IndexedLine(line, (), line.reason)
    whose, month = line.unit.name, found.months[place]
    value = line.dots[place].number
    if value is not None and _too_small(found.indicator, value):
        most = max(dot.number or 0.0 for dot in line.dots)
        never = _too_small(found.indicator, most)
        told = number(most if never else value, found.indicator.decimals)
        when = "som mest" if never else f"i {month.name}"
        why = f"{whose} har {told} {when}, för lite för att räkna index från."
        return IndexedLine(line, (), why if never else f"{why} Välj en annan basmånad.")
    match indexed([dot.number for dot in line.dots], place):
        case NoIndex.NEGATIVE:
            return IndexedLine(line, (), f"{whose} har värden under noll och kan inte bli index.")
        case NoIndex.ZERO:
            why = f"{whose} har värdet noll i {month.name}, och noll går inte att räkna index från."
            return IndexedLine(line, (), f"{why} Välj en annan basmånad.")
        case NoIndex.MISSING:
            return IndexedLine(line, (), f"{whose} har inget värde i {month.name}. Välj en annan basmånad.")
        case values:
            start = line.dots[place].origin
            rests_on = tuple(
                None if dot.number is None else combined([dot.origin, start]) for dot in line.dots
            )
            return IndexedLine(line, values, "", rests_on)
