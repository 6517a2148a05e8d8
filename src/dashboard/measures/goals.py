"""Goals: the colours as judged, per report period, per month and per unit, and how many units reach each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.domain.model import Colour, Goal, Origin, Report, Successor
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.domain.selection import Compare, Selection
from dashboard.measures.facts import Facts
from dashboard.measures.goal_units import (
    Judged,
    Share,
    UnitColours,
    children,
    of_unit,
    share,
    share_within,
    unit_colours,
)

TOP_KINDS = ("kommunmal", "malomrade")


@dataclass(frozen=True, slots=True)
class GoalTile:
    """A goal in the chosen period: its colour, the colour compared with, and the units' share.

    ``board`` is the colour of the whole organisation when ``judged`` is that of a chosen unit.
    """

    goal: Goal
    judged: Judged
    before: Judged | None
    share: Share | None
    board: Judged | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A top goal with the board's own goals under it."""

    tile: GoalTile
    children: tuple[GoalTile, ...]


def tiles(facts: Facts, selection: Selection) -> tuple[GoalTile, ...]:
    """The top goals that held at the end of the period, in the board's order."""
    units = unit_colours(facts, selection.period)
    return tuple(_tile(facts, goal, selection, units) for goal in top_goals(facts, selection.period))


def colours(facts: Facts, period: Period) -> tuple[GoalTile, ...]:
    """The top goals with the colours that the reports give them for the period, and nothing else."""
    return tuple(GoalTile(goal, judged(facts, goal, period), None, None) for goal in top_goals(facts, period))


def compared(facts: Facts, selection: Selection) -> tuple[GoalTile, ...]:
    """The top goals with the board's colours in the period and in the one compared with, without units; no query."""
    period = selection.period
    return tuple(
        GoalTile(goal, judged(facts, goal, period), _before(facts, goal, selection), None)
        for goal in top_goals(facts, period)
    )


def standings(facts: Facts, selection: Selection) -> tuple[Standing, ...]:
    """The top goals of the period, each with its nämndmål of that time."""
    units = unit_colours(facts, selection.period)
    found = []
    for goal in top_goals(facts, selection.period):
        below = [child for child in children(facts, goal) if child.existed(selection.period.end)]
        inside = tuple(_tile(facts, child, selection, units) for child in below)
        found.append(Standing(_tile(facts, goal, selection, units), inside))
    return tuple(found)


def top_goals(facts: Facts, period: Period) -> tuple[Goal, ...]:
    held = [g for g in facts.catalogue.goals.values() if g.kind in TOP_KINDS and g.existed(period.end)]
    return tuple(sorted(held, key=lambda goal: goal.order))


def reading_report(facts: Facts, period: Period) -> Report | None:
    """The report on the period, else the latest that reports on a period ending within or before it."""
    own = facts.report_of(period)
    if own:
        return own
    before = [r for r in facts.catalogue.reports.values() if r.period.end <= period.end]
    return max(before, key=lambda report: report.period.end, default=None)


def judged_period(facts: Facts, period: Period) -> Period | None:
    """The period itself when a report judges goals for it, else that of the report read; None without one."""
    if any(row.subject_kind == "goal" and row.when == period for row in facts.published.assessments):
        return period
    report = reading_report(facts, period)
    return report.period if report else None


def judged(facts: Facts, goal: Goal, period: Period) -> Judged:
    """The goal's colour in exactly this period; *not assessed* with a reason when no report gives one."""
    found = [
        row
        for row in facts.published.assessments
        if row.subject == goal.id and row.subject_kind in {"goal", "namndmal"} and row.when == period
    ]
    if not found:
        return Judged(
            Colour.NOT_ASSESSED, period, None, reason=f"Ingen bedömning är publicerad för {period.label}."
        )
    own = facts.report_of(period)
    known = [row for row in found if row.colour is not Colour.UNKNOWN] or found
    row = next((row for row in known if own and row.source == own.id), known[-1])
    reason = facts.catalogue.texts.unknown_colour if row.colour is Colour.UNKNOWN else remark(facts, row.note)
    return Judged(row.colour, period, Origin.PUBLISHED, row, reason)


def remark(facts: Facts, note: str) -> str:
    """The part of a row's note that is for readers: which goal a row belongs to is bookkeeping."""
    parts = [part.strip() for part in note.split(";")]
    kept = [part for part in parts if part.removeprefix("gäller ") not in facts.catalogue.goals]
    return "; ".join(part for part in kept if part)


def months(facts: Facts, year: int, unit: str = "") -> tuple[tuple[Goal, tuple[Judged, ...]], ...]:
    """Goal × month for one year: shape (goals, 12). With a unit below the whole: the unit's own colours."""
    periods = [Period.month(Month(year, number)) for number in range(1, 13)]
    goals = top_goals(facts, Period.year(year))
    if unit in {"", facts.catalogue.root}:
        return tuple((goal, tuple(judged(facts, goal, period) for period in periods)) for goal in goals)
    by_month = [unit_colours(facts, period) for period in periods]
    pairs = list(zip(periods, by_month, strict=True))
    return tuple((goal, tuple(of_unit(facts, goal, unit, p, units) for p, units in pairs)) for goal in goals)


def printed_years(facts: Facts) -> tuple[int, ...]:
    """The years for which some report prints a colour per month, oldest first."""
    monthly = (row for row in facts.published.assessments if row.subject_kind == "goal")
    return tuple(sorted({row.when.end.year for row in monthly if row.when.kind is PeriodKind.MONTH}))


@lru_cache(maxsize=8)  # the same facts are asked on every question
def report_periods(facts: Facts) -> tuple[Period, ...]:
    """Every period for which some report judged the goals, oldest first; months left out."""
    found = {
        row.when
        for row in facts.published.assessments
        if row.subject_kind == "goal" and row.when.kind is not PeriodKind.MONTH
    }
    return tuple(sorted(found, key=lambda period: (period.end, len(period.months))))


def over_periods(facts: Facts) -> tuple[tuple[Goal, tuple[Judged, ...]], ...]:
    """Goal × report period, every version of every goal; a goal that did not hold then is *not assessed*."""
    periods = report_periods(facts)
    goals = sorted(
        (goal for goal in facts.catalogue.goals.values() if goal.kind in TOP_KINDS),
        key=lambda goal: (goal.valid_from, goal.order),
    )
    return tuple((goal, tuple(_held(facts, goal, period) for period in periods)) for goal in goals)


def origins_of(facts: Facts, goal: Goal) -> tuple[tuple[Goal, Successor], ...]:
    """The older goals that name this one as what they became, and how."""
    goals = facts.catalogue.goals.values()
    return tuple((older, link) for older in goals for link in older.successors if link.id == goal.id)


def _held(facts: Facts, goal: Goal, period: Period) -> Judged:
    if not goal.existed(period.end):
        return Judged(Colour.NOT_ASSESSED, period, None, reason="Målet gällde inte då.", held=False)
    return judged(facts, goal, period)


def _tile(facts: Facts, goal: Goal, selection: Selection, units: UnitColours) -> GoalTile:
    printed = judged(facts, goal, selection.period)
    if selection.unit == facts.catalogue.root:
        reach = share(facts, goal, selection.period, units)
        return GoalTile(goal, printed, _before(facts, goal, selection), reach)
    own = of_unit(facts, goal, selection.unit, selection.period, units)
    return GoalTile(goal, own, None, share_within(facts, goal, selection.unit, units), printed)


def _before(facts: Facts, goal: Goal, selection: Selection) -> Judged | None:
    other = compared_period(facts, selection)
    if other is None:
        return None
    same = goal if goal.existed(other.end) else _predecessor(facts, goal, other)
    if same is None:
        reason = "Målet fanns inte då; målen byttes mellan perioderna."
        return Judged(Colour.NOT_ASSESSED, other, None, reason=reason, held=False)
    return judged(facts, same, other)


def compared_period(facts: Facts, selection: Selection) -> Period | None:
    """The period whose colours are compared with.

    The board reports some periods only: where the one before is not judged, the report before speaks.
    """
    other = selection.other_period
    if selection.compare is Compare.PREVIOUS and other not in report_periods(facts):
        report = facts.report_of(selection.period)
        return facts.catalogue.reports[report.previous].period if report and report.previous else other
    return other


def _predecessor(facts: Facts, goal: Goal, period: Period) -> Goal | None:
    """The goal that became this one, when the catalogue says that they are comparable."""
    return next((g for g, s in origins_of(facts, goal) if s.comparable and g.existed(period.end)), None)
