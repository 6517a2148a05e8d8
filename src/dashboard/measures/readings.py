"""One indicator, one unit, one period: the value, what it is held against, and where both come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

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
from dashboard.published import Contradiction, Figure

SPARK_MONTHS = 24
BOTH = "bygger på demo och inlästa månader"
LOOK_BACK = SPARK_MONTHS + 12  # R12 needs eleven months before the first point shown


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its period, its origin and its place. ``number`` is None when ``reason`` says why.

    ``figures`` are the printed figures it stands on; more than one means that reports print it differently
    or more than once, the first being the one shown.
    """

    number: Decimal | float | None
    period: Period
    origin: Origin | None = None
    figures: tuple[Figure, ...] = ()
    how: str = ""  # how it is read: "snitt jan–aug 2025"
    reason: str = ""

    @property
    def qualifier(self) -> str:
        return self.figures[0].qualifier if self.figures else ""


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
    found = facts.series(indicators, [selection.unit], last.shift(1 - LOOK_BACK), last)
    known = facts.catalogue.indicators
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
        verdict=verdict(change, indicator.direction),
        flags=flags_of_all(facts, [*now.figures[:1], *(against.figures[:1] if against else ())]),
        spark=curve,
        spark_origins=spark_origins,
        spark_origin=combined(spark_origins or (point.origin for point in points.values())),
    )


def value_of(
    facts: Facts, indicator: Indicator, unit: Unit, period: Period, points: Points, *, prefer: str = ""
) -> Value:
    """Printed if a report prints it for the period, else computed from the monthly series, else the reason."""
    if figures := _printed(facts, indicator, unit, period, prefer):
        when = figures[0].when
        return Value(figures[0].value, when, Origin.PUBLISHED, figures, rules.read_as(indicator, when))
    number = rules.value(indicator, points, period)
    if number is not None:
        origin = rules.origin_of(indicator, points, period)
        how = rules.read_as(indicator, period)
        return Value(number, period, origin, how=f"{how}, {BOTH}" if origin is Origin.MIXED else how)
    return Value(None, period, reason=missing_reason(facts, indicator, unit, period, points))


def _printed(
    facts: Facts, indicator: Indicator, unit: Unit, period: Period, prefer: str
) -> tuple[Figure, ...]:
    """The figures in which reports print the value of the period, the one that speaks first.

    The report being read speaks before others, whichever way it puts the value; then the most exact way does.
    """
    report = facts.report_of(period)
    own = report.id if report else ""
    if indicator.nature is Nature.FULL_YEAR:
        return _full_year(facts, indicator, unit, period, own)
    if indicator.over_period is OverPeriod.R12:
        return facts.printed(indicator.id, unit.id, Period.r12(period.end), prefer=prefer or own)
    found = list(facts.printed(indicator.id, unit.id, period, prefer=prefer or own))
    if indicator.over_period is OverPeriod.LAST and period.kind is not PeriodKind.MONTH:
        found.extend(facts.printed(indicator.id, unit.id, Period.month(period.end), prefer=prefer or own))
    if found:
        return tuple(sorted(found, key=lambda figure: figure.source != (prefer or own)))
    figures = facts.figures(indicator.id, unit.id)
    # A report may give the half-year's mean and no other: shown as what it is.
    sources = [source for source in (prefer, own) if source]
    return tuple(
        f for source in sources for f in figures if f.source == source and _half_year_inside(f.when, period)
    )


def _full_year(
    facts: Facts, indicator: Indicator, unit: Unit, period: Period, own: str
) -> tuple[Figure, ...]:
    """A forecast speaks from the report that made it; when the year has closed, its outcome speaks instead."""
    if period.kind is PeriodKind.YEAR and indicator.when_closed:
        return facts.printed(indicator.when_closed, unit.id, period, prefer=own)
    year = Period.year(period.end.year)
    made = [f for f in facts.figures(indicator.id, unit.id) if own and f.source == own and f.when == year]
    return tuple(reversed(made))


def _half_year_inside(when: Period, period: Period) -> bool:
    return when.kind is PeriodKind.HALF_YEAR and period.start <= when.start and when.end <= period.end


def missing_reason(facts: Facts, indicator: Indicator, unit: Unit, period: Period, points: Points) -> str:
    """Why there is no value, in one plain sentence."""
    when = period.short if period.kind is PeriodKind.YEAR else period.label
    if unit.parent is not None and not unit.existed(period.end):
        return f"{unit.name} fanns inte i redovisningen {when}."
    if indicator.levels and unit.kind not in indicator.levels:
        return f"Måttet följs inte för {unit.name}."
    if not indicator.monthly:
        return f"Ingen rapport anger måttet för {when}."
    if not points:
        return f"Det finns inga månadsvärden för {unit.name} {when}."
    return _gap(indicator, period, points, when)


def _gap(indicator: Indicator, period: Period, points: Points, when: str) -> str:
    """Why a series that has months gives no value for the period."""
    last = max(points)
    if period.end > last:
        return f"Månadsvärden finns t.o.m. {last.name}."
    rows = [points.get(month) for month in rules.behind(indicator, period)]
    if indicator.per and all(row is not None and not row.den for row in rows):
        return f"Måttet kan inte räknas {when}: det är noll att dela med."
    return f"Månadsvärden saknas för hela eller delar av {when}."


def _against(
    facts: Facts, indicator: Indicator, unit: Unit, selection: Selection, now: Value, points: Points
) -> Value | None:
    if selection.compare is Compare.TARGET:
        return _target(facts, indicator, unit, now.period)
    # A half-year's mean is held against a half-year's mean; everything else steps as the board's periods do.
    base = now.period if now.period.kind is PeriodKind.HALF_YEAR else selection.period
    other = base.year_before() if selection.compare is Compare.LAST_YEAR else base.previous()
    prefer = now.figures[0].source if now.figures else ""
    return value_of(facts, indicator, unit, other, points, prefer=prefer)


def _target(facts: Facts, indicator: Indicator, unit: Unit, period: Period) -> Value | None:
    """The target that a report prints for the period, else the catalogue's standing one."""
    if figures := facts.printed(indicator.id, unit.id, period, measure=TARGET):
        return Value(figures[0].value, period, Origin.PUBLISHED, figures, "mål")
    if indicator.target is None:
        return None
    return Value(indicator.target, period, None, how=indicator.target_text or "mål")


def same_footing(indicator: Indicator, now: Period, other: Period) -> bool:
    """Whether values of the two periods can be held against each other.

    What is counted up over a period needs as many months in both, or to be running in the same year.
    """
    if len(now.months) == len(other.months):
        return True
    if indicator.nature is Nature.ACCUMULATED:
        return now.end.year == other.end.year
    return indicator.nature is not Nature.FLOW and (
        indicator.nature is not Nature.PUBLISHED or indicator.unit == "procent"
    )


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
