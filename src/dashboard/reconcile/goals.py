"""Goals judged green while an indicator of theirs goes the wrong way or misses its target."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.domain.model import Colour, Direction, Goal, Indicator, Report
from dashboard.domain.status import Verdict, verdict
from dashboard.published import Assessment, Figure
from dashboard.reconcile.findings import Finding, Place, place_of, said, told
from dashboard.reconcile.layer import OUTCOMES, Layer
from dashboard.reconcile.printed import span

ADMITTED = frozenset({Colour.YELLOW, Colour.RED})


def check_goals(layer: Layer) -> tuple[int, tuple[Finding, ...]]:
    """How many indicators of green goals had something to be held against, and those that speak against green.

    An indicator that the report itself judges yellow or red is no contradiction: the report says so.
    """
    checked = 0
    found: list[Finding] = []
    for report in layer.catalogue.reports.values():
        for goal, judged in _green(layer, report):
            for indicator in goal.indicators:
                if _admitted(layer, indicator, report):
                    continue
                tried = list(_tries(layer, layer.catalogue.indicators[indicator], report, judged))
                checked += bool(tried)
                found.extend(finding for finding in tried if finding is not None)
    return checked, tuple(found)


def _green(layer: Layer, report: Report) -> Iterator[tuple[Goal, Assessment]]:
    """Goals with indicators that are green in the report on its own period, by their own colour or their parent's.

    A colour that the text form lost says nothing.
    """
    for goal in layer.catalogue.goals_in(report.period):
        subjects = (goal.id, goal.parent) if goal.parent else (goal.id,)
        rows = [row for one in subjects for row in layer.colours(one, report.period, report.id)]
        judged = [
            row
            for row in rows
            if row.subject_kind in {"goal", "namndmal"} and row.colour is not Colour.UNKNOWN
        ]
        if goal.indicators and judged and judged[0].colour is Colour.GREEN:
            yield goal, judged[0]


def _admitted(layer: Layer, indicator: str, report: Report) -> bool:
    rows = [row for row in layer.published.assessments if (row.source, row.subject) == (report.id, indicator)]
    return any(row.colour in ADMITTED and row.when.end == report.period.end for row in rows)


def _tries(
    layer: Layer, indicator: Indicator, report: Report, judged: Assessment
) -> Iterator[Finding | None]:
    """One item per thing the indicator can be held against: None where it is well."""
    own = [
        figure
        for figure in layer.figures
        if (figure.source, figure.indicator, figure.org) == (report.id, indicator.id, layer.catalogue.root)
    ]
    values = [one for one in own if one.measure in OUTCOMES and one.when.end == report.period.end]
    comparisons = [
        (now, before)
        for now in values
        for before in own
        if before.measure in OUTCOMES and before.when == now.when.year_before()
    ]
    if comparisons:
        now, before = min(comparisons, key=lambda pair: abs(pair[0].line - pair[1].line))
        worse = f"{said(now)} mot {said(before)} ett år tidigare"
        yield _finding(now, before, judged, worse) if _worse(now, before, indicator.direction) else None
    targets = [one for one in own if one.measure == "mal" and one.when.end.year == report.period.end.year]
    if values and targets:
        now, target = values[-1], targets[-1]
        missed = f"{said(now)} mot målet {said(target)}"
        yield _finding(now, target, judged, missed) if _worse(now, target, indicator.direction) else None


def _worse(now: Figure, other: Figure, direction: Direction) -> bool:
    if now.unit != other.unit:
        return False
    # A hedge of the other value (minst 65) is about what is asked for, so its printed number is what counts.
    apart = not (span(now).low <= other.value <= span(now).high)
    return apart and verdict(now.value - other.value, direction) is Verdict.WORSE


def _finding(now: Figure, other: Figure, judged: Assessment, words: str) -> Finding:
    goal = Place(judged.source, judged.line)
    sentence = f"{judged.label} är bedömt grönt på {goal}, men {now.label} är {words} ({place_of(other)})."
    values = (now.value, other.value)
    return told("judgement", now.indicator, place_of(now), goal, values, sentence, "gröna mål")
