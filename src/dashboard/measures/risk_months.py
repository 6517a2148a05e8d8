"""Risks as they are loaded month by month, held against the report that the matrix shows.

A report speaks until the next one; what has been loaded since is news beside it and never in its place. Months of the
demo are left out: they repeat what the reports say.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain import risk as rules
from dashboard.domain.model import KNOWN_COLOURS, Colour, Origin, Report, Risk
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.measures.facts import Facts
from dashboard.measures.risks import Position, RiskBoard, RiskView


@dataclass(frozen=True, slots=True)
class LoadedRisk:
    """A risk in the month. ``before`` is where the report has it; None when the report does not."""

    risk: Risk
    now: Position
    before: Position | None
    status: Colour  # of the measures
    status_before: Colour

    @property
    def moved(self) -> bool:
        """It stands in another cell; of a report that prints the value alone, with another value."""
        if self.before is None:
            return False
        if self.before.cell is None:
            return self.now.value != self.before.value
        return self.now.cell != self.before.cell

    @property
    def judged_anew(self) -> bool:
        """The measures have another colour than the report gave them."""
        return {self.status, self.status_before} <= KNOWN_COLOURS and self.status is not self.status_before

    @property
    def judged_first(self) -> bool:
        """The measures have a colour, and the report has none or lost it."""
        return (
            self.before is not None
            and self.status in KNOWN_COLOURS
            and self.status_before not in KNOWN_COLOURS
        )

    @property
    def news(self) -> bool:
        """Whether the month says something else than the report. A colour that it leaves out is nothing said."""
        return self.before is None or self.moved or self.judged_anew or self.judged_first


@dataclass(frozen=True, slots=True)
class LoadedRisks:
    """The last month loaded: its risks, highest first, and those of the report that it leaves out."""

    month: Month
    report: Report
    risks: tuple[LoadedRisk, ...]
    left_out: tuple[RiskView, ...]

    @property
    def news(self) -> tuple[LoadedRisk, ...]:
        return tuple(one for one in self.risks if one.news)


def loaded(facts: Facts, selection: Selection, board: RiskBoard) -> LoadedRisks | None:
    """The last loaded month from the end of the board's report to the end of the period; None without one.

    At most one query. Of the report's own last month only what differs from it is news, so a month without any is None.
    """
    report = board.report
    if report is None:
        return None
    first, last = report.period.end.first_day, selection.period.end.first_day
    rows = [
        row
        for row in facts.warehouse.run("risk_state", first=first, last=last)
        if Origin(row[5]) is Origin.IMPORTED
    ]
    if not rows:
        return None
    newest = max(row[1] for row in rows)
    by_risk = {view.risk.id: view for view in board.risks}
    risks = [
        _loaded(facts, by_risk.get(risk), risk, Month.of(day), (probability, consequence), Colour(status))
        for risk, day, probability, consequence, status, _ in rows
        if day == newest and risk in facts.catalogue.risks
    ]
    risks.sort(key=lambda one: rules.order(one.now.value, one.now.cell[1] if one.now.cell else None))
    there = {one.risk.id for one in risks}
    left_out = tuple(view for view in board.risks if view.risk.id not in there)
    found = LoadedRisks(Month.of(newest), report, tuple(risks), left_out)
    own = found.month == report.period.end
    return None if own and not found.news and not found.left_out else found


def _loaded(
    facts: Facts, view: RiskView | None, risk: str, month: Month, cell: tuple[int, int], status: Colour
) -> LoadedRisk:
    value = rules.value(*cell)
    return LoadedRisk(
        risk=facts.catalogue.risks[risk],
        now=Position(value, cell, None, Period.month(month), Origin.IMPORTED),
        before=view.now if view else None,
        status=status,
        status_before=view.status if view else Colour.UNKNOWN,
    )
