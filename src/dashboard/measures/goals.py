"""Goals: the colours as judged, per report period, per month and per unit, and what hangs under each goal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain.model import Colour, Goal, Origin, Report
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.domain.selection import Compare, Selection
from dashboard.measures.facts import Facts
from dashboard.published import Assessment, Assignment, Contradiction, Figure

TOP_KINDS = ("kommunmal", "malomrade")


@dataclass(frozen=True, slots=True)
class Judged:
    """A colour, for which period, by whom and where it stands. ``row`` is None for colours that no report prints."""

    colour: Colour
    period: Period
    origin: Origin | None
    row: Assessment | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How many units reach the goal. ``text`` is the count as printed; a colour's count is None where none is."""

    text: str
    green: int | None
    yellow: int | None
    red: int | None
    origin: Origin
    row: Assessment | None = None


@dataclass(frozen=True, slots=True)
class GoalTile:
    """A goal in the chosen period: its colour, the colour compared with, and the units' share."""

    goal: Goal
    judged: Judged
    before: Judged | None
    share: Share | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator under a goal as the report prints it."""

    row: Assessment
    figures: tuple[Figure, ...]
    flags: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A goal with all that hangs under it."""

    tile: GoalTile
    indicators: tuple[IndicatorRow, ...]
    actions: tuple[Assignment, ...]
    children: tuple[Branch, ...]


def tiles(facts: Facts, selection: Selection) -> tuple[GoalTile, ...]:
    """The top goals that held at the end of the period, in the board's order."""
    units = _unit_colours(facts, selection.period)
    return tuple(_tile(facts, goal, selection, units) for goal in top_goals(facts, selection.period))


def top_goals(facts: Facts, period: Period) -> tuple[Goal, ...]:
    held = [g for g in facts.catalogue.goals.values() if g.kind in TOP_KINDS and g.existed(period.end)]
    return tuple(sorted(held, key=lambda goal: goal.order))


def tree(facts: Facts, selection: Selection) -> tuple[Branch, ...]:
    """kommunmål → nämndmål → indikatorer and åtgärder, for the report on the period (or the last before it)."""
    report = reading_report(facts, selection.period)
    units = _unit_colours(facts, selection.period)
    return tuple(_branch(facts, goal, selection, report, units) for goal in top_goals(facts, selection.period))


def reading_report(facts: Facts, period: Period) -> Report | None:
    """The report on the period, else the latest that reports on a period ending within or before it."""
    own = facts.report_of(period)
    if own:
        return own
    before = [r for r in facts.catalogue.reports.values() if r.period.end <= period.end]
    return max(before, key=lambda report: report.period.end, default=None)


def judged(facts: Facts, goal: Goal, period: Period) -> Judged:
    """The goal's colour in exactly this period; *not assessed* with a reason when no report gives one."""
    found = [
        row
        for row in facts.published.assessments
        if row.subject == goal.id and row.subject_kind in {"goal", "namndmal"} and row.when == period
    ]
    if not found:
        return Judged(Colour.NOT_ASSESSED, period, None, reason=f"Ingen bedömning är publicerad för {period.label}.")
    own = facts.report_of(period)
    known = [row for row in found if row.colour is not Colour.UNKNOWN] or found
    row = next((row for row in known if own and row.source == own.id), known[-1])
    return Judged(row.colour, period, Origin.PUBLISHED, row, row.note)


def months(facts: Facts, year: int) -> tuple[tuple[Goal, tuple[Judged, ...]], ...]:
    """Goal × month for one year: shape (goals, 12)."""
    periods = [Period.month(Month(year, number)) for number in range(1, 13)]
    goals = top_goals(facts, Period.year(year))
    return tuple((goal, tuple(judged(facts, goal, period) for period in periods)) for goal in goals)


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


def _held(facts: Facts, goal: Goal, period: Period) -> Judged:
    if not goal.existed(period.end):
        return Judged(Colour.NOT_ASSESSED, period, None, reason="Målet gällde inte då.")
    return judged(facts, goal, period)


def _tile(facts: Facts, goal: Goal, selection: Selection, units: UnitColours) -> GoalTile:
    if selection.unit == facts.catalogue.root:
        now = judged(facts, goal, selection.period)
    else:
        now = _of_unit(facts, goal, selection, units)
    return GoalTile(goal, now, _before(facts, goal, selection), share(facts, goal, selection.period, units))


def _before(facts: Facts, goal: Goal, selection: Selection) -> Judged | None:
    other = selection.other_period
    if other is None or selection.unit != facts.catalogue.root:
        return None
    if selection.compare is Compare.PREVIOUS and (report := facts.report_of(selection.period)) and report.previous:
        other = facts.catalogue.reports[report.previous].period
    same = goal if goal.existed(other.end) else _predecessor(facts, goal, other)
    if same is None:
        return Judged(Colour.NOT_ASSESSED, other, None, reason="Målet fanns inte då; målen byttes mellan perioderna.")
    return judged(facts, same, other)


def _predecessor(facts: Facts, goal: Goal, period: Period) -> Goal | None:
    """The goal that became this one, when the catalogue says that they are comparable."""
    for older in facts.catalogue.goals.values():
        if older.existed(period.end) and any(s.id == goal.id and s.comparable for s in older.successors):
            return older
    return None


UnitColours = dict[str, list[tuple[str, Colour, str, Origin]]]


def _unit_colours(facts: Facts, period: Period) -> UnitColours:
    day = period.end.first_day
    found: UnitColours = defaultdict(list)
    for goal, unit, _, colour, reason, origin in facts.warehouse.run("unit_status", first=day, last=day):
        found[goal].append((unit, Colour(colour), reason, Origin(origin)))
    return found


def _of_unit(facts: Facts, goal: Goal, selection: Selection, units: UnitColours) -> Judged:
    """A unit's own colour from the monthly judgements of the units; of a department, its units' worst."""
    inside = {unit.id for unit in facts.catalogue.descendants(selection.unit)} | {selection.unit}
    rows = [row for row in units.get(goal.id, []) if row[0] in inside]
    if not rows:
        reason = "Enheterna bedömer inte det här målet var för sig."
        return Judged(Colour.NOT_ASSESSED, selection.period, None, reason=reason)
    severity = [Colour.RED, Colour.YELLOW, Colour.GREEN]
    worst = min(rows, key=lambda row: severity.index(row[1]))
    return Judged(worst[1], Period.month(selection.period.end), worst[3], reason=worst[2])


def share(facts: Facts, goal: Goal, period: Period, units: UnitColours) -> Share | None:
    """Units that reach the goal: as printed for it or its nämndmål, else counted from the units' judgements.

    A goal with several nämndmål shows the one that fewest units reach.
    """
    below = [goal.id, *(child.id for child in _children(facts, goal))]
    printed = [
        row
        for row in facts.published.assessments
        if row.subject_kind == "unit_share" and row.subject in below and row.when == period
    ]
    if printed:
        row = min(printed, key=lambda row: row.total if row.green is None else row.green)
        return Share(row.outcome, row.green, row.yellow, row.red, Origin.PUBLISHED, row)
    rows = units.get(goal.id, [])
    if not rows:
        return None
    count = {colour: sum(1 for row in rows if row[1] is colour) for colour in Colour}
    text = f"{count[Colour.GREEN]} av {len(rows)}"
    return Share(text, count[Colour.GREEN], count[Colour.YELLOW], count[Colour.RED], rows[0][3])


def _children(facts: Facts, goal: Goal) -> Sequence[Goal]:
    found = [child for child in facts.catalogue.goals.values() if child.parent == goal.id]
    return sorted(found, key=lambda child: child.order)


def _branch(
    facts: Facts, goal: Goal, selection: Selection, report: Report | None, units: UnitColours
) -> Branch:
    source = report.id if report else ""
    rows = [
        row
        for row in facts.published.assessments
        if row.subject_kind == "indicator" and row.source == source and _goal_at(facts, source, row.line) == goal.id
    ]
    actions = [row for row in facts.published.assignments if row.source == source and row.parent == goal.id]
    children = [c for c in _children(facts, goal) if c.existed(selection.period.end)]
    return Branch(
        _tile(facts, goal, selection, units),
        tuple(_indicator_row(facts, row) for row in rows),
        tuple(actions),
        tuple(_branch(facts, child, selection, report, units) for child in children),
    )


def _goal_at(facts: Facts, source: str, line: int) -> str:
    """The goal under whose heading a line stands: the last one printed above it."""
    above = [row for row in facts.published.goals if row.source == source and row.line <= line]
    return max(above, key=lambda row: row.line).goal if above else ""


def _indicator_row(facts: Facts, row: Assessment) -> IndicatorRow:
    figures = tuple(f for f in facts.published.figures if f.source == row.source and f.line == row.line)
    return IndicatorRow(row, figures, facts.flags(figures))
