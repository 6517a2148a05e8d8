"""One indicator, one unit, one period: the value, what it is held against, and where both come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.domain import series as rules
from dashboard.domain.model import Indicator, Nature, Origin, OverPeriod, Unit
from dashboard.domain.origins import combined
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.series import Points
from dashboard.domain.status import Verdict, verdict
from dashboard.domain.text import rounded
from dashboard.measures.facts import TARGET, Facts, Series
from dashboard.measures.flags import flags_of_all
from dashboard.measures.footing import at_odds, same_footing
from dashboard.measures.values import Value, value_of
from dashboard.published import Contradiction

SPARK_MONTHS = 24
LOOK_BACK = SPARK_MONTHS + 12  # R12 needs eleven months before the first point shown


@dataclass(frozen=True, slots=True)
class Reading:
    """What a key-figure card shows. ``against`` is None when there is nothing to compare with."""

    indicator: Indicator
    unit: Unit
    value: Value
    against: Value | None
    change: float | None
    verdict: Verdict | None
    flags: tuple[Contradiction, ...]
    spark: tuple[tuple[Month, float | None], ...]
    spark_origins: tuple[Origin | None, ...]  # of each place of ``spark``
    spark_origin: Origin | None
    elsewhere: bool = False  # what it is held against is of another period than the one chosen for it

    @property
    def hedged(self) -> bool:
        """A report says *drygt* or *cirka* of one of the numbers, so that their difference is no exact one.

        A target of *minst 65* is exactly 65.
        """
        before = self.against
        target = before is not None and before.figures and before.figures[0].measure == TARGET
        return bool(self.value.qualifier or (before and before.qualifier and not target))

    @property
    def mixed(self) -> bool:
        """Value and comparison are of different origin; the screen says so."""
        return (
            self.against is not None
            and self.against.origin is not None
            and self.value.origin is not None
            and self.against.origin is not self.value.origin
        )


def readings(
    facts: Facts, indicators: Sequence[str], selection: Selection, *, spark: bool = True
) -> tuple[Reading, ...]:
    """The readings in the order asked for. Shape: one per indicator; one query for them all.

    Without ``spark`` the readings have no curve: for places that draw none.
    Raises KeyError for an indicator or unit that the catalogue does not have.
    """
    last = selection.period.end
    known = facts.catalogue.indicators
    closing = (known[name].when_closed for name in indicators)  # read in the same query
    facts.whole([*indicators, *filter(None, closing)], [selection.unit])
    found = facts.series(indicators, [selection.unit], last.shift(1 - LOOK_BACK), last)
    return tuple(reading_from(facts, known[name], selection, found, spark=spark) for name in indicators)


def _spark_origins(
    indicator: Indicator, points: Points, curve: Sequence[tuple[Month, float | None]]
) -> tuple[Origin | None, ...]:
    def at(month: Month) -> Origin | None:
        if indicator.over_period is OverPeriod.R12:
            return rules.rolling_origin(points, month)
        return points[month].origin if month in points else None

    return tuple(None if value is None else at(month) for month, value in curve)


def reading(facts: Facts, indicator: str, selection: Selection) -> Reading:
    return readings(facts, [indicator], selection)[0]


def reading_from(
    facts: Facts, indicator: Indicator, selection: Selection, found: Series, *, spark: bool = False
) -> Reading:
    """The reading of an indicator, which need not be the catalogue's own, from series that are already read."""
    unit = facts.catalogue.units[selection.unit]
    points = found.get((indicator.id, unit.id), {})
    now = value_of(facts, indicator, unit, selection.period, points)
    against = _against(facts, indicator, unit, selection, now, points)
    if against and selection.compare is not Compare.TARGET:
        now, against = like_for_like(facts, selection.period, now, against)
    if against and now.number is not None and not same_footing(indicator, now.period, against.period):
        length = len(against.period.months)
        against = Value(
            None, against.period, reason=f"{against.period.label} är {length} mån och jämförs inte."
        )
    change = _change(indicator, now, against)
    curve = _spark(indicator, points, selection.period.end) if spark else ()
    spark_origins = _spark_origins(indicator, points, curve)
    return Reading(
        indicator=indicator,
        unit=unit,
        value=now,
        against=against,
        change=change,
        verdict=_verdict(facts, indicator, unit, change, now, against),
        flags=flags_of_all(facts, [*now.figures[:1], *(against.figures[:1] if against else ())]),
        spark=curve,
        spark_origins=spark_origins,
        spark_origin=combined(spark_origins or (point.origin for point in points.values())),
        elsewhere=against is not None and against.period.end != _asked_end(indicator, selection, against),
    )


def like_for_like(facts: Facts, period: Period, now: Value, against: Value) -> tuple[Value, Value]:
    """Both numbers from a report that prints them both, where they would else come from different ones.

    Two reports may count in different ways; 7,35 in one against 7,37 in another is no improvement. The report on the
    period itself keeps its word about the period: nothing takes its place there.
    """
    ours, theirs = ([figure.source for figure in one.figures] for one in (now, against))
    own = facts.report_of(period)
    if not ours or not theirs or ours[0] == theirs[0] or (own and ours[0] == own.id):
        return now, against
    both = next((source for source in ours if source in theirs), None)
    return (now, against) if both is None else (_said_by(now, both), _said_by(against, both))


def _said_by(value: Value, source: str) -> Value:
    figures = tuple(sorted(value.figures, key=lambda figure: figure.source != source))
    return replace(value, number=figures[0].value, period=figures[0].when, figures=figures)


def _verdict(
    facts: Facts, indicator: Indicator, unit: Unit, change: float | None, now: Value, against: Value | None
) -> Verdict | None:
    """None also where the numbers are from reports that contradict each other about the measure, and where hedged
    numbers look alike: *drygt 9* and *knappt 9* are not the same.
    """
    if now.figures and against and against.figures:
        if at_odds(facts, indicator, unit, now.figures[0].source, against.figures[0].source):
            return None
        if change == 0 and (now.qualifier or against.qualifier):
            return None
    return verdict(change, indicator.direction)


def _against(
    facts: Facts, indicator: Indicator, unit: Unit, selection: Selection, now: Value, points: Points
) -> Value | None:
    if selection.compare is Compare.TARGET:
        return _target(facts, indicator, unit, now.period)
    # A half-year's mean is held against a half-year's mean; everything else steps as the board's periods do.
    base = now.period if now.period.kind is PeriodKind.HALF_YEAR else selection.period
    other = _step(base, selection.compare)
    prefer = now.figures[0].source if now.figures else ""
    return value_of(facts, indicator, unit, other, points, prefer=prefer)


def _step(base: Period, compare: Compare) -> Period:
    return base.year_before() if compare is Compare.LAST_YEAR else base.previous()


def _asked_end(indicator: Indicator, selection: Selection, against: Value) -> Month:
    """The end of the period that the filter compares with; a forecast's year and a target have no other."""
    if selection.compare is Compare.TARGET or indicator.nature is Nature.FULL_YEAR:
        return against.period.end
    return _step(selection.period, selection.compare).end


def _target(facts: Facts, indicator: Indicator, unit: Unit, period: Period) -> Value | None:
    """The target that a report prints for the period, else the catalogue's standing one."""
    if figures := facts.printed(indicator.id, unit.id, period, measure=TARGET):
        return Value(figures[0].value, period, Origin.PUBLISHED, figures, "mål")
    if indicator.target is None:
        return None
    return Value(indicator.target, period, None, how=indicator.target_text or "mål")


def _change(indicator: Indicator, now: Value, against: Value | None) -> float | None:
    """The difference of the two numbers as they are shown, so that a reader can check it."""
    if against is None or now.number is None or against.number is None:
        return None
    difference = rounded(now.number, indicator.decimals) - rounded(against.number, indicator.decimals)
    return float(difference)


def _spark(indicator: Indicator, points: Points, last: Month) -> tuple[tuple[Month, float | None], ...]:
    months = last.shift(1 - SPARK_MONTHS).until(last)
    if indicator.over_period is OverPeriod.R12:
        return tuple((month, rules.rolling(indicator, points, month)) for month in months)
    return tuple((month, rules.month_value(indicator, points.get(month))) for month in months)
