"""Sentences from numbers held against others: budget, the period compared with, a target, the forecast before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dashboard.domain.model import Colour, Indicator, Origin, Yardstick
from dashboard.domain.periods import Month, Period
from dashboard.domain.status import Verdict
from dashboard.domain.text import millions, quantity
from dashboard.insights.judged import LARGE_GAP, STANDING, told
from dashboard.insights.ranking import Insight, Kind, Target, Weight, certainty, seriousness, size
from dashboard.insights.sentences import printed_amount, value_text
from dashboard.insights.words import contradicted, reasons, subjects, weakest
from dashboard.measures.changes import Change
from dashboard.measures.disagreements import Held
from dashboard.measures.economy import Deviation
from dashboard.measures.readings import Reading
from dashboard.measures.values import DECEMBER, Value

LARGE_CHANGE = 0.25
LARGE_PART = 0.20  # of its own budget
LARGE_FORECAST, SMALL_FORECAST = 0.05, 0.005  # of the year's budget
LEAST_CHANGE = 0.05
ANOTHER_YEAR = 0.8  # newness of what is held against the same period a year before
RIGHT_WAY = {Verdict.BETTER: "åt rätt håll", Verdict.WORSE: "åt fel håll"}


def part_insight(parts: Sequence[Deviation], period: Period) -> Insight | None:
    """The part that is furthest from its budget, when it is yellow or red and there is more than one part."""
    if len(parts) < 2:
        return None
    worst = min(parts, key=lambda one: (one.value, one.label))
    if worst.value >= 0 or worst.colour not in {Colour.YELLOW, Colour.RED} or worst.share is None:
        return None
    year = period.end.year
    closed = period.end.number == DECEMBER
    verb = "gick" if closed else "väntas gå"
    weight = Weight(
        seriousness(Kind.DEVIATION, True), certainty(worst.origin), size(worst.share, LARGE_PART), STANDING
    )
    told = abs(100 * worst.share)
    share = quantity(told, "procent", 0 if told >= 1 else 1)
    return Insight(
        Kind.DEVIATION,
        f"{worst.label} {verb} {millions(abs(worst.value))} över sin budget för {year}, {share} av den.",
        weight,
        worst.origin,
        frozenset({f"del:{worst.unit.id}"}),
        worst.unit.id,
        Target("ekonomi"),
        reasons("Delen med den största avvikelsen från sin budget.", weight, worst.origin),
    )


def change_insights(changes: Iterable[Change], unit: str, newness: float) -> Iterator[Insight]:
    """Printed numbers that have moved at least ``LEAST_CHANGE`` since the period compared with."""
    for one in changes:
        if one.size < LEAST_CHANGE or one.verdict not in RIGHT_WAY or one.indicator.unit == "text":
            continue
        worse = one.verdict is Verdict.WORSE
        weight = Weight(
            seriousness(Kind.DEVIATION, worse),
            certainty(Origin.PUBLISHED, bool(one.doubted)),
            size(one.size, LARGE_CHANGE),
            newness,
        )
        before, now = (printed_amount(figure, one.indicator) for figure in (one.before, one.now))
        text = _changed(one.indicator, before, now, one.before.when, one.verdict, up=one.change > 0)
        text += contradicted(printed_amount(figure, one.indicator) for figure in one.doubted)
        yield _deviation(one.indicator, text, weight, Origin.PUBLISHED, unit)


def reading_insight(one: Reading, newness: float, doubted: Sequence[Value] = ()) -> Insight | None:
    """A value that has moved; ask only where its months are out of the ordinary.

    ``doubted`` are those of the two that some other number contradicts.
    """
    before = one.against
    if before is None or not one.change or one.verdict not in RIGHT_WAY or not before.number:
        return None
    share = abs(one.change / float(before.number))
    if share < LEAST_CHANGE:
        return None
    origin = weakest(one.value.origin, before.origin)
    weight = Weight(
        seriousness(Kind.DEVIATION, one.verdict is Verdict.WORSE),
        certainty(origin, bool(doubted)),
        size(share, LARGE_CHANGE),
        newness,
    )
    then, now = (value_text(value, one.indicator) for value in (before, one.value))
    text = _changed(one.indicator, then, now, before.period, one.verdict, up=one.change > 0)
    text += contradicted(value_text(value, one.indicator) for value in doubted)
    return _deviation(one.indicator, text, weight, origin, one.unit.id)


def _changed(indicator: Indicator, before: str, now: str, when: Period, way: Verdict, *, up: bool) -> str:
    verb = "ökat" if up else "minskat"
    return f"{indicator.short} har {verb} från {before} ({when.short}) till {now}, {RIGHT_WAY[way]}."


def missed_insights(held: Iterable[Held], unit: str) -> Iterator[Insight]:
    """Indicators that miss a target set as a number."""
    for one in held:
        if one.colour is Colour.GREEN or one.indicator.yardstick is not Yardstick.TARGET:
            continue
        weight = Weight(
            seriousness(Kind.DEVIATION, True),
            certainty(one.value.origin, bool(one.doubted)),
            size(one.gap, LARGE_GAP),
            STANDING,
        )
        words = told(one)
        doubt = contradicted(value_text(value, one.indicator) for value in one.doubted)
        text = f"{words[:1].upper()}{words[1:]}.{doubt}"
        yield _deviation(one.indicator, text, weight, one.value.origin, unit)


def _deviation(indicator: Indicator, text: str, weight: Weight, origin: Origin | None, unit: str) -> Insight:
    return Insight(
        Kind.DEVIATION,
        text,
        weight,
        origin,
        subjects(indicator),
        unit,
        Target("trender", (("matt", indicator.id),)),
        reasons("Stor skillnad mot det som det jämförs med.", weight, origin),
    )


def forecast_insight(
    change: float,
    budget: float | None,
    year: int,
    since: Month | None,
    origin: Origin,
    unit: str,
    about: str,
) -> Insight | None:
    """How the year's forecast has moved since the one before; tkr, negative is worse.

    ``about`` is the measure of the forecast against budget. ``since`` None: the report itself prints the change since
    its last forecast. None for a change under ``SMALL_FORECAST`` of the year's budget, and without a budget to measure
    it by.
    """
    if not budget or abs(change) < SMALL_FORECAST * abs(budget):
        return None
    worse = change < 0
    weight = Weight(
        seriousness(Kind.FORECAST, worse), certainty(origin), size(change / budget, LARGE_FORECAST), 1.0
    )
    way = "försämrats" if worse else "förbättrats"
    when = f"sedan {since.name}" if since else "sedan den förra prognosen"
    return Insight(
        Kind.FORECAST,
        f"Prognosen för {year} har {way} med {millions(abs(change))} {when}.",
        weight,
        origin,
        frozenset({f"mått:{about}"}),
        unit,
        Target("ekonomi"),
        reasons("Förvaltningens egen prognos mot den som lämnades före.", weight, origin),
    )
