"""Counts per household and per employee: what may be divided by what is the catalogue's, the arithmetic is here.

Numerator and denominator stay apart in every month and unit, so that a longer period or a larger unit sums both
before it divides (``domain.series.ratio``). Ratios are never averaged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain.model import Direction, Indicator, Nature, OverPeriod
from dashboard.domain.origins import combined
from dashboard.domain.series import Point, Points


@dataclass(frozen=True, slots=True)
class Divided:
    """A measure that may be divided. ``unit``, ``decimals`` and ``direction`` are the result's; ``scale`` multiplies
    it.
    """

    indicator: str
    unit: str
    decimals: int
    direction: Direction
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Rate:
    """What measures may be divided by. ``words`` goes on after a measure's name: *per hushåll*."""

    id: str
    name: str
    words: str
    per: str
    measures: tuple[Divided, ...]
    note: str = ""

    def measure(self, indicator_id: str) -> Divided | None:
        return next((one for one in self.measures if one.indicator == indicator_id), None)


def divisible(indicator: Indicator) -> bool:
    """Whether a measure may be numerator: counted month by month, and no ratio already."""
    return indicator.monthly and not indicator.per and indicator.nature in {Nature.STOCK, Nature.FLOW}


def divided(indicator: Indicator, by: Indicator, rate: Rate, measure: Divided) -> Indicator:
    """The measure of the ratio. Its id is no other measure's, so that nothing printed is taken for its value."""
    return replace(
        indicator,
        id=f"{indicator.id}/{rate.id}",
        name=f"{indicator.name} {rate.words}",
        short=f"{indicator.short} {rate.words}",
        unit=measure.unit,
        decimals=measure.decimals,
        direction=measure.direction,
        nature=Nature.RATIO,
        over_period=OverPeriod.LAST if indicator.over_period is OverPeriod.LAST else OverPeriod.RATIO,
        per=by.terms,
        per_mean=False,
        scale=measure.scale * indicator.scale / by.scale,
        target=None,
        target_text="",
        rule=f"{indicator.name} delat med {by.name[:1].lower()}{by.name[1:]}. Enheter och månader läggs ihop var för "
        "sig i täljare och nämnare innan de delas, och kvoter räknas aldrig till medelvärden.",
        levels=tuple(level for level in indicator.levels if level in by.levels),
        caveats=(*((rate.note,) if rate.note else ()), *indicator.caveats),
        when_closed="",
    )


def together(numerator: Points, denominator: Points) -> Points:
    """The months that both have, with both numbers apart. An origin is that of the two together."""
    found = {}
    for month, point in numerator.items():
        if month in denominator:
            other = denominator[month]
            origin = combined([point.origin, other.origin]) or point.origin
            found[month] = Point(month, point.num, other.num, origin)
    return found
