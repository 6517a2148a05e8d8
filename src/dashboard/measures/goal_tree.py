"""What hangs under each goal in one report: nämndmål, indicators, measures, and the flags that touch them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from dashboard.domain.model import Goal, Report
from dashboard.domain.periods import Period
from dashboard.domain.selection import Selection
from dashboard.measures import goals
from dashboard.measures.facts import Facts
from dashboard.measures.goal_units import Judged, Share, children, printed_share
from dashboard.published import Assessment, Assignment, Contradiction, Figure

ACTIONS = ("atgard", "uppdrag")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator under a goal in a report.

    ``row`` is its printed assessment and ``figures`` the numbers on that line. An indicator that the report
    follows up in running text only has no row, and the figures are what it prints for the report's period.
    """

    indicator: str
    label: str
    row: Assessment | None
    figures: tuple[Figure, ...]
    flags: tuple[Contradiction, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A goal in a report. ``share`` is its own as printed, never one borrowed from a goal below.

    ``printed`` is where the report prints the goal: (line, label), None when only the catalogue has it.
    """

    goal: Goal
    judged: Judged
    share: Share | None
    printed: tuple[int, str] | None
    indicators: tuple[IndicatorRow, ...]
    actions: tuple[Assignment, ...]
    flags: tuple[Contradiction, ...]
    children: tuple[Branch, ...]

    @property
    def rows(self) -> tuple[Assessment, ...]:
        """Every assessment of this goal and of what is below it."""
        own = [self.judged.row, self.share.row if self.share else None, *(one.row for one in self.indicators)]
        below = [row for child in self.children for row in child.rows]
        return (*(row for row in own if row), *below)


@dataclass(frozen=True, slots=True)
class Tree:
    """The goals of a report. ``exact`` is False when the report is on another period than asked for."""

    report: Report
    exact: bool
    branches: tuple[Branch, ...]


def tree(facts: Facts, selection: Selection) -> Tree | None:
    """kommunmål → nämndmål → indikatorer and åtgärder of the report on the period, or of the last before it.

    A period inside the first report's, which that report gave colours, reads that report.
    None when no report is that old.
    """
    report = goals.reading_report(facts, selection.period) or _judging(facts, selection.period)
    if report is None:
        return None
    top = goals.top_goals(facts, report.period)
    branches = tuple(_branch(facts, goal, report) for goal in top)
    return Tree(report, report.period == selection.period, branches)


def _judging(facts: Facts, period: Period) -> Report | None:
    """The report that printed the goals' colours for the period."""
    sources = (
        row.source for row in facts.published.assessments if row.subject_kind == "goal" and row.when == period
    )
    source = next(sources, None)
    return facts.catalogue.reports[source] if source else None


def _branch(facts: Facts, goal: Goal, report: Report) -> Branch:
    printed_rows = (row for row in facts.published.assessments if row.source == report.id)
    about = [row for row in printed_rows if row.subject_kind == "indicator"]
    often = Counter(row.subject for row in about)
    rows = [row for row in about if goal_at(facts, report.id, row.line) == goal.id]
    actions = [
        row
        for row in facts.published.standing
        if row.source == report.id and row.parent == goal.id and row.kind in ACTIONS
    ]
    below = [child for child in children(facts, goal) if child.existed(report.period.end)]
    share = printed_share(facts, [goal.id], report.period)
    printed = next((r for r in facts.published.goals if r.source == report.id and r.goal == goal.id), None)
    lines = {share.row.line} if share and share.row else set()
    return Branch(
        goal=goal,
        judged=goals.judged(facts, goal, report.period),
        share=share,
        printed=(printed.line, printed.label) if printed else None,
        indicators=(
            *(_indicator(facts, row, alone=often[row.subject] == 1) for row in rows),
            *_in_text(facts, goal, report, {row.subject for row in rows}),
        ),
        actions=tuple(actions),
        flags=_flags(facts, report.id, lines, goal.id),
        children=tuple(_branch(facts, child, report) for child in below),
    )


def goal_at(facts: Facts, source: str, line: int) -> str:
    """The goal under whose heading a line stands: the last one printed above it."""
    above = [row for row in facts.published.goals if row.source == source and row.line <= line]
    return max(above, key=lambda row: row.line).goal if above else ""


def _indicator(facts: Facts, row: Assessment, alone: bool) -> IndicatorRow:
    """``alone``: no other row of the report is about the indicator, so flags by its name are about it."""
    figures = tuple(f for f in facts.published.figures if f.source == row.source and f.line == row.line)
    flags = _flags(facts, row.source, {row.line}, row.subject if alone else "")
    return IndicatorRow(row.subject, row.label, row, figures, flags, goals.remark(facts, row.note))


def _in_text(facts: Facts, goal: Goal, report: Report, judged: Collection[str]) -> Iterator[IndicatorRow]:
    """The goal's indicators that the report gives numbers for without judging them."""
    for indicator in goal.indicators:
        if indicator in judged or indicator not in facts.catalogue.indicators:
            continue
        found = tuple(
            figure
            for figure in facts.figures(indicator, facts.catalogue.root)
            if figure.source == report.id and figure.when.end == report.period.end
        )
        if found:
            flags = _flags(facts, report.id, {figure.line for figure in found}, indicator)
            yield IndicatorRow(indicator, facts.catalogue.indicator(indicator).name, None, found, flags, "")


def _flags(facts: Facts, source: str, lines: Iterable[int], measure: str) -> tuple[Contradiction, ...]:
    """Real contradictions on the lines, or about the measure and within the report; each once."""
    found: dict[str, Contradiction] = {}
    for line in lines:
        found.update({f.id: f for f in facts.flags_by_line.get((source, line), ()) if f.severity == "real"})
    for flag in facts.published.contradictions:
        here = source in (flag.source, flag.other_source)
        if measure and here and flag.measure == measure and flag.severity == "real":
            found[flag.id] = flag
    return tuple(found.values())
