"""What changed between the report on the period and the one it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.domain.model import Direction, Indicator, Report
from dashboard.domain.periods import Period, PeriodKind
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.status import Verdict, verdict
from dashboard.domain.text import rounded
from dashboard.measures.facts import Facts
from dashboard.measures.flags import flags_of_all, in_doubt
from dashboard.measures.footing import at_odds, same_footing
from dashboard.measures.readings import Reading, like_for_like, readings
from dashboard.measures.risks import RiskBoard
from dashboard.measures.values import DECEMBER, value_of
from dashboard.published import Contradiction, Figure


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator before and after, both printed. ``size`` is the change as a share of the value before."""

    indicator: Indicator
    before: Figure
    now: Figure
    change: float
    size: float
    verdict: Verdict | None
    flags: tuple[Contradiction, ...]
    doubted: tuple[Figure, ...] = ()  # of the two, those that some other number contradicts


@lru_cache(maxsize=64)  # asked by what has changed and by what matters
def changes(facts: Facts, selection: Selection) -> tuple[Change, ...]:
    """Every indicator that is printed for both periods, the greatest relative change first.

    Shape: one per indicator. Empty when no report speaks of the period or nothing is printed for the other.
    """
    report = facts.report_of(selection.period)
    if report is None:
        return ()
    other = other_period(facts, selection, report)
    found = []
    for indicator in facts.catalogue.indicators.values():
        if indicator.direction is Direction.NEUTRAL:  # neither way is news: outcome and budget only ever grow
            continue
        change = _change(facts, indicator, selection, other)
        if change is not None and change.change != 0:
            found.append(change)
    return tuple(sorted(found, key=lambda change: -change.size))


def other_period(facts: Facts, selection: Selection, report: Report | None) -> Period:
    """What the period is held against: the same months a year before, else the report before or the period before."""
    if selection.compare is Compare.LAST_YEAR:
        return selection.period.year_before()
    if report is not None and report.previous:
        return facts.catalogue.reports[report.previous].period
    return selection.period.previous()


def _change(facts: Facts, indicator: Indicator, selection: Selection, other: Period) -> Change | None:
    if indicator.when_closed and selection.period.kind is PeriodKind.YEAR:
        return None  # a closed year's outcome speaks, and has an indicator of its own
    pair = _spoken(facts, indicator, selection, other)
    if pair is None:
        return None
    now, before = pair
    if before.unit != now.unit or before.value == 0:
        return None
    if not same_footing(indicator, now.when, before.when):
        return None
    difference = float(rounded(now.value, indicator.decimals) - rounded(before.value, indicator.decimals))
    flags = flags_of_all(facts, [now, before])
    odd = at_odds(facts, indicator, facts.catalogue.unit(selection.unit), now.source, before.source)
    way = None if odd else verdict(difference, indicator.direction)
    share = abs(difference / float(before.value))
    doubted = tuple(one for one in (before, now) if in_doubt(facts, one))
    return Change(indicator, before, now, difference, share, way, flags, doubted)


def _spoken(
    facts: Facts, indicator: Indicator, selection: Selection, other: Period
) -> tuple[Figure, Figure] | None:
    """The printed figures that a reading shows of the two periods; None when one of them has to be computed."""
    unit = facts.catalogue.unit(selection.unit)
    now = value_of(facts, indicator, unit, selection.period, {})
    prefer = now.figures[0].source if now.figures else ""
    before = value_of(facts, indicator, unit, other, {}, prefer=prefer)
    now, before = like_for_like(facts, selection.period, now, before)
    return (now.figures[0], before.figures[0]) if now.figures and before.figures else None


@lru_cache(maxsize=64)
def monthly_changes(facts: Facts, selection: Selection) -> tuple[Reading, ...]:
    """The monthly indicators that changed, the greatest relative change first: for periods and units that no
    report speaks of. Shape: one reading per indicator with a direction; one query."""
    closed = (
        selection.period.end.number == DECEMBER
    )  # then the outcome speaks, which has a measure of its own
    followed = [
        i.id
        for i in facts.catalogue.indicators.values()
        if i.monthly and i.direction is not Direction.NEUTRAL and not (closed and i.when_closed)
    ]
    changed = [one for one in readings(facts, followed, selection, spark=False) if one.change]
    return tuple(sorted(changed, key=lambda one: -_relative(one)))


def _relative(one: Reading) -> float:
    before = one.against.number if one.against else None
    return abs((one.change or 0) / float(before)) if before else 0.0


def risk_movements(board: RiskBoard) -> tuple[tuple[str, int, int], ...]:
    """(name, value before, value now) for the risks whose value moved, the greatest move first."""
    moved = [
        (v.risk.short or v.risk.name, v.before.value, v.now.value)
        for v in board.risks
        if v.before and v.movement
    ]
    return tuple(sorted(moved, key=lambda row: -abs(row[2] - row[1])))
