"""SPC for an indicator and a unit: the raw months, their limits and signals, and what a reader should make of them.

Limits always rest on the whole series up to the period's last month, from the latest chosen level on; a shorter
window on screen never moves them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.catalogue import Catalogue
from dashboard.domain import spc, status
from dashboard.domain.model import KNOWN_COLOURS, Colour, Indicator, Nature, Origin, OverPeriod, Unit
from dashboard.domain.periods import Month
from dashboard.domain.selection import Selection
from dashboard.domain.series import Points
from dashboard.domain.spc import Limits, Refusal, Rule, Signal, Variation, Xmr
from dashboard.domain.spc_data import Rebase, possible_range, raw_monthly
from dashboard.domain.text import number, quantity
from dashboard.measures.facts import Facts
from dashboard.measures.spc_latest import Latest, chosen_levels, latest, months_of, raw_of
from dashboard.measures.spc_words import BESIDE_COLOUR, RULES, VARIATION
from dashboard.measures.trend import MONTHLY, Trend, TrendLine, trend

__all__ = [
    "Control",
    "Mark",
    "beside_colour",
    "control",
    "controls",
    "decimals",
    "judged",
    "mark",
    "mark_of",
    "raw_of",
    "refused",
    "said",
    "signal",
    "why",
]

MORE_DECIMALS = 3  # at most, to tell a value from the limit beside it


@dataclass(frozen=True, slots=True)
class Control:
    """One unit's series under control. ``values`` has one place a month, None for a gap.

    ``found`` is a Refusal when no limits can be computed; ``rebases`` are those that begin a segment, in order of
    time.
    """

    indicator: Indicator
    unit: Unit
    months: tuple[Month, ...]
    values: tuple[float | None, ...]
    origin: Origin | None
    origins: tuple[Origin | None, ...]  # of each of ``values``
    found: Xmr | Refusal
    rebases: tuple[Rebase, ...]

    @property
    def latest(self) -> Month | None:
        """The last month with a value, when there are limits."""
        return self.months[self.found.latest] if isinstance(self.found, Xmr) else None


@dataclass(frozen=True, slots=True)
class Mark:
    """A signal mark: the kind that the icon shows, its word, and the reason in a sentence."""

    kind: Variation
    word: str
    reason: str


def refused(indicator: Indicator) -> str:
    """Why the measure may not be put under limits, in plain words; "" when it may."""
    if raw_monthly(indicator):
        return ""
    if indicator.over_period is OverPeriod.R12:
        return (
            f"{indicator.short} räknas över tolv månader. Två månader i följd delar då elva månaders data, och ren "
            "slump ser ut som en förändring. Signal eller slump går bara att avgöra på enskilda månader."
        )
    if indicator.nature is Nature.ACCUMULATED:
        return (
            f"{indicator.short} räknas ihop från januari. Varje månad innehåller de tidigare, och då ser ren slump ut "
            "som en förändring. Signal eller slump går bara att avgöra på enskilda månader."
        )
    if indicator.nature is Nature.FULL_YEAR:
        return (
            f"{indicator.short} gäller hela året och räknas om varje månad. Det är en bedömning och inga mätningar, "
            "så gränser för vanlig variation säger ingenting."
        )
    return (
        f"{indicator.short} finns bara som tryckta tal. Signal eller slump kräver ett värde för varje månad."
    )


def control(facts: Facts, indicator_id: str, unit_id: str, selection: Selection) -> Control:
    """The series up to the period's last month; one query. Raises SelectionError for an unknown id, and ValueError for
    a measure that ``refused`` has a reason for.
    """
    return controls(facts.catalogue, trend(facts, indicator_id, [unit_id], selection, basis=MONTHLY))[0]


def controls(catalogue: Catalogue, found: Trend) -> tuple[Control, ...]:
    """One for each line of a monthly trend that begins with the series. Raises ValueError as ``control`` does."""
    if found.basis != MONTHLY or refused(found.indicator):
        raise ValueError(f"no raw months: {found.indicator.id}")
    return tuple(_control(catalogue, found.indicator, line, found.months) for line in found.lines)


def _control(catalogue: Catalogue, indicator: Indicator, line: TrendLine, months: Sequence[Month]) -> Control:
    values = tuple(dot.number for dot in line.dots)
    origins = tuple(dot.origin for dot in line.dots)
    found, rebases = _analysed(catalogue, indicator, line.unit.id, months, values)
    return Control(
        indicator,
        line.unit,
        tuple(months),
        values,
        line.origin,
        origins,
        found,
        rebases,
    )


def _analysed(
    catalogue: Catalogue,
    indicator: Indicator,
    unit: str,
    months: Sequence[Month],
    values: Sequence[float | None],
) -> tuple[Xmr | Refusal, tuple[Rebase, ...]]:
    chosen = chosen_levels(catalogue, indicator, unit)
    # A level that begins before the first value, or after the last one shown, divides nothing.
    known = [month for month, value in zip(months, values, strict=False) if value is not None]
    inside = tuple(one for one in chosen if known and known[0] < one.month <= known[-1])
    floor, ceiling = possible_range(indicator)
    found = spc.analyse(
        values,
        direction=indicator.direction,
        floor=floor,
        ceiling=ceiling,
        target=indicator.target,
        rebases=[months.index(one.month) for one in inside],
    )
    return found, inside


def signal(
    catalogue: Catalogue, indicator: Indicator, unit_id: str, points: Points, last: Month
) -> Mark | None:
    """The mark beside a key figure, from points that are already read: no query.

    ``points`` should be the whole series, else the limits are not those of Trender. A rolling measure is marked by
    the single months it is made of. None for a measure without raw months, and when ``last`` has no value or too few
    months stand before it: then nothing is known, and nothing is said.
    """
    months = months_of(catalogue, indicator, unit_id, points)
    found = latest(catalogue, months, last) if months else None
    return mark_of(indicator, found) if found else None


def mark_of(indicator: Indicator, found: Latest) -> Mark:
    """The mark of a measure by its last month; ``found`` may be about the single months that it is made of."""
    raw = found.indicator
    whose = "" if raw.id == indicator.id else f"{raw.short}: "
    return _mark(found.variation, f"{whose}{_why(raw, found.limits, found.sign, found.month)}")


def mark(indicator: Indicator, found: Xmr, months: Sequence[Month], *, whose: str = "") -> Mark | None:
    """The latest point's mark; None where its segment has no limits yet."""
    if found.variation is None:
        return None
    return _mark(found.variation, f"{whose}{why(indicator, found, found.latest, months)}")


def _mark(variation: Variation, reason: str) -> Mark:
    return Mark(variation, VARIATION[variation], reason[:1].upper() + reason[1:])


def why(indicator: Indicator, found: Xmr, place: int, months: Sequence[Month]) -> str:
    """The sign at a place in a sentence with the numbers it rests on; "" where there are no limits."""
    limits = found.segment(place).limits
    return "" if limits is None else _why(indicator, limits, found.signals[place], months[place])


def _why(indicator: Indicator, limits: Limits, sign: Signal | None, month: Month) -> str:
    about = f"i {month.name}"
    low, middle, high = (
        quantity(one, indicator.unit, decimals(indicator, limits))
        for one in (limits.lower, limits.mean, limits.upper)
    )
    ending = " Gränserna är provisoriska." if limits.provisional else ""
    if sign is None:
        return f"värdet {about} ligger inom den vanliga variationen, {low} till {high}.{ending}"
    if sign.rule is Rule.OUTSIDE:
        bound = high if sign.upward else low
        return f"värdet {about} ligger {said(sign)}, {bound}.{ending}"
    level = f" ({middle})" if sign.rule is Rule.SHIFT else ""
    return f"{said(sign)}{level}, till och med {month.name}.{ending}"


def said(sign: Signal) -> str:
    """The rule that fired, in words."""
    return RULES[sign.rule][0 if sign.upward else 1]


def decimals(indicator: Indicator, limits: Limits) -> int:
    """Counts are whole, but among small ones the place of a limit needs a decimal."""
    return (
        1
        if indicator.decimals == 0 and max(abs(limits.lower), abs(limits.upper)) < 100
        else indicator.decimals
    )


def telling_apart(value: float, limits: Limits, indicator: Indicator) -> int:
    """The decimals with which a value outside the limits does not look like the limit it is beyond."""
    digits = decimals(indicator, limits)
    bound = limits.upper if value > limits.mean else limits.lower
    while digits < indicator.decimals + MORE_DECIMALS and number(value, digits) == number(bound, digits):
        digits += 1
    return digits


def judged(facts: Facts, asked: Control, selection: Selection) -> tuple[Colour, str]:
    """The colour to say the variation beside, and whose it is: the report's for the period, else the rule's.

    The rule holds the latest month against the standing target. ``NOT_ASSESSED`` and "" when there is neither.
    """
    if asked.unit.parent is None:
        for row in facts.published.assessments:
            about = row.subject_kind == "indicator" and row.subject == asked.indicator.id
            if about and row.when == selection.period and row.colour in KNOWN_COLOURS:
                return row.colour, f"enligt {facts.catalogue.reports[row.source].short}"
    if not isinstance(asked.found, Xmr):
        return Colour.NOT_ASSESSED, ""
    value = asked.values[asked.found.latest]
    colour = status.against_target(value, asked.indicator.target, asked.indicator.direction)
    return colour, "mot målet" if colour in KNOWN_COLOURS else ""


def beside_colour(colour: Colour, variation: Variation | None) -> str:
    """*röd, men inget ovanligt* / *grön, men på väg åt fel håll*: what a board needs, without capital or stop."""
    return BESIDE_COLOUR[(colour, variation)]
