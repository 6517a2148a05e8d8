"""Risks in the matrix, how they moved since another report, and the measures against each."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain import risk as rules
from dashboard.domain.model import Colour, Origin, Report, Risk
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.measures.facts import Facts
from dashboard.measures.goals import reading_report
from dashboard.published import Assignment, Contradiction, RiskRow


@dataclass(frozen=True, slots=True)
class Position:
    """A risk's value at one time; the cell is None when only the value is printed and two cells have it."""

    value: int
    cell: tuple[int, int] | None  # (probability, consequence)
    report: Report | None
    period: Period
    origin: Origin
    row: RiskRow | None = None


@dataclass(frozen=True, slots=True)
class RiskView:
    """A risk now and before. ``movement`` is the change in value, None when there is nothing to compare."""

    risk: Risk
    label: str
    category: str
    now: Position
    before: Position | None
    movement: int | None
    status: Colour  # of the measures
    comment: str
    colour: Colour  # of the value
    history: tuple[Position, ...]
    measures: tuple[Assignment, ...]
    flags: tuple[Contradiction, ...] = ()
    new: bool = False  # not in the report compared with

    @property
    def doubtful(self) -> bool:
        """Judged green although what the report writes speaks against it."""
        return self.status is Colour.GREEN and any(flag.kind == "judgement" for flag in self.flags)


@dataclass(frozen=True, slots=True)
class RiskBoard:
    """The risks of a report period, highest first, and what became of those that are gone."""

    report: Report | None
    compared_with: Report | None
    risks: tuple[RiskView, ...]
    gone: tuple[RiskRow, ...]
    reason: str = ""


def board(facts: Facts, selection: Selection) -> RiskBoard:
    """The risks of the report on the period, or of the last report before it (which then is named).

    Movement is against the previous report, or the report on the same period a year before.
    """
    report = reading_report(facts, selection.period)
    if report is None:
        return RiskBoard(None, None, (), (), f"Ingen rapport med risker finns för {selection.period.label}.")
    other = compared_report(facts, report, selection)
    rows = [row for row in facts.published.risks if row.source == report.id]
    older = [row for row in facts.published.risks if other and row.source == other.id]
    views = [_view(facts, report, row, older, other) for row in rows]
    views.sort(key=lambda view: rules.order(view.now.value, view.now.cell[1] if view.now.cell else None))
    still = {row.risk for row in rows}
    gone = tuple(row for row in older if row.risk not in still)
    return RiskBoard(report, other, tuple(views), gone)


def compared_report(facts: Facts, report: Report, selection: Selection) -> Report | None:
    """The report before, or the one on the same period a year before; None when targets are compared with."""
    if selection.compare is Compare.TARGET:
        return None
    if selection.compare is Compare.LAST_YEAR:
        return facts.report_of(report.period.year_before())
    return facts.catalogue.reports[report.previous] if report.previous else None


def position(facts: Facts, row: RiskRow) -> Position:
    report = facts.catalogue.reports[row.source]
    if row.probability and row.consequence:
        cell: tuple[int, int] | None = (row.probability, row.consequence)
    else:
        cell = rules.cell(row.value)
    return Position(row.value, cell, report, report.period, Origin.PUBLISHED, row)


def _view(facts: Facts, report: Report, row: RiskRow, older: list[RiskRow], other: Report | None) -> RiskView:
    risk = facts.catalogue.risks[row.risk]
    now = position(facts, row)
    match = next((old for old in older if old.risk == row.risk), None)
    before = position(facts, match) if match else None
    limits = facts.catalogue.thresholds
    history = tuple(position(facts, one) for one in facts.published.risks if one.risk == row.risk)
    return RiskView(
        risk=risk,
        label=row.label,
        category=row.category,
        now=now,
        before=before,
        movement=now.value - before.value if before else None,
        status=row.status,
        comment=row.comment,
        colour=rules.colour(now.value, limits.risk_yellow, limits.risk_red),
        history=tuple(sorted(history, key=lambda one: one.period.end)),
        measures=tuple(
            a
            for a in facts.published.assignments
            if a.kind == "riskatgard" and a.parent == row.risk and a.source == report.id
        ),
        flags=flags(facts, row),
        new=other is not None and before is None,
    )


def flags(facts: Facts, row: RiskRow) -> tuple[Contradiction, ...]:
    """Real contradictions on the risk's line, or about the risk anywhere in the same report."""
    near = facts.flags_by_line.get((row.source, row.line), ())
    named = [f for f in facts.published.contradictions if (f.source, f.measure) == (row.source, row.risk)]
    found = {flag.id: flag for flag in (*near, *named) if flag.severity == "real"}
    return tuple(found.values())


def first_report(facts: Facts) -> Report | None:
    """The oldest report that has risks."""
    reported = {row.source for row in facts.published.risks}
    return next((report for report in facts.catalogue.reports.values() if report.id in reported), None)
