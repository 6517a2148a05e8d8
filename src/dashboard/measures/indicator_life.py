"""Each indicator's life: in which reports the board followed it under a goal, as what, and with what result.

An indicator is *followed* by a report that judges it for its own period or names it under a goal. A number, or a
colour of some months, that stands in a report without that starts and ends no life.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.model import Colour, Report
from dashboard.measures.facts import OUTCOME, Facts
from dashboard.measures.goal_tree import goal_at
from dashboard.measures.wording import Words, compared, same
from dashboard.published import Assessment, Figure

LISTED = "listed"
FOLLOWED = ("indicator", LISTED)
EMPTY_BOX = "tom ruta"  # how a row's note says that the report left the box for the colour empty


class Sign(StrEnum):
    """What a report says of an indicator."""

    OUTCOME = "outcome"  # followed, with a result
    COLOUR = "colour"  # followed and judged, without a result of its own
    NOTHING = "nothing"  # followed, no result reported
    NUMBER = "number"  # a number in the report, not followed under any goal
    ABSENT = "absent"


class Change(StrEnum):
    INTRODUCED = "introduced"
    RETURNED = "returned"
    REWORDED = "reworded"
    TARGET = "target"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Mark:
    """An indicator in a report. ``rows`` is where it is judged or named, ``figures`` its latest
    numbers within the period.

    ``changes`` is what happened to it since the report before; nothing is known of that in the first report.
    """

    report: Report
    sign: Sign
    rows: tuple[Assessment, ...]
    figures: tuple[Figure, ...]
    goals: tuple[str, ...]
    changes: tuple[Change, ...]
    label_before: str = ""
    target_before: str = ""

    @property
    def followed(self) -> bool:
        return bool(self.rows)

    @property
    def label(self) -> str:
        return self.rows[0].label if self.rows else ""

    @property
    def target(self) -> str:
        return next((row.target for row in self.rows if row.target), "")

    @property
    def words(self) -> tuple[Words, ...]:
        """Old and new wording in one, where it was reworded."""
        return compared(self.label_before, self.label) if Change.REWORDED in self.changes else ()


@dataclass(frozen=True, slots=True)
class Life:
    """``indicator`` is the catalogue's id, ``name`` its name; one mark per report."""

    indicator: str
    name: str
    marks: tuple[Mark, ...]

    @property
    def last(self) -> Mark:
        return self.marks[-1]


@dataclass(frozen=True, slots=True)
class Lives:
    """``counts``: per report how many are followed, and of them new, and how many were dropped since the last."""

    reports: tuple[Report, ...]
    lives: tuple[Life, ...]

    def counts(self, column: int) -> tuple[int, int, int]:
        marks = [life.marks[column] for life in self.lives]
        new = sum(bool({Change.INTRODUCED, Change.RETURNED} & set(mark.changes)) for mark in marks)
        return (
            sum(mark.followed for mark in marks),
            new,
            sum(Change.DROPPED in mark.changes for mark in marks),
        )


def indicator_lives(facts: Facts) -> Lives:
    """Every indicator that some report follows under a goal, in the order in which the reports first do."""
    rows: dict[tuple[str, str], list[Assessment]] = defaultdict(list)
    for row in facts.published.assessments:
        if row.subject_kind in FOLLOWED:
            rows[(row.subject, row.source)].append(row)
    following = {source for _, source in rows}
    reports = [report for report in facts.catalogue.reports.values() if report.id in following]
    reports.sort(key=lambda report: report.period.end)
    known = dict.fromkeys(
        subject
        for report in reports
        for (subject, source), printed in rows.items()
        if source == report.id and _follows(report, printed)
    )
    lives = [Life(subject, _name(facts, subject), _marks(facts, subject, reports, rows)) for subject in known]
    return Lives(tuple(reports), tuple(lives))


def _follows(report: Report, rows: Sequence[Assessment]) -> bool:
    return any(row.subject_kind == LISTED or row.when == report.period for row in rows)


def _name(facts: Facts, subject: str) -> str:
    found = facts.catalogue.indicators.get(subject)
    return found.name if found else subject


def _marks(
    facts: Facts,
    subject: str,
    reports: Sequence[Report],
    rows: dict[tuple[str, str], list[Assessment]],
) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for report in reports:
        # The judging row speaks before the one that only names the indicator.
        printed = rows.get((subject, report.id), [])
        own = (
            sorted(printed, key=lambda row: FOLLOWED.index(row.subject_kind))
            if _follows(report, printed)
            else []
        )
        figures = _figures(facts, subject, report)
        followed = [mark for mark in marks if mark.followed]
        before = followed[-1] if followed else None
        target = next((row.target for row in own if row.target), "")
        marks.append(
            Mark(
                report=report,
                sign=_sign(own, figures),
                rows=tuple(own),
                figures=figures,
                goals=tuple(dict.fromkeys(goal_at(facts, report.id, row.line) for row in own)),
                changes=_changes(own, target, marks, before),
                label_before=before.label if before else "",
                target_before=before.target if before else "",
            )
        )
    return tuple(marks)


def _figures(facts: Facts, subject: str, report: Report) -> tuple[Figure, ...]:
    """The whole organisation's latest values in the report, of those that end within its own period.

    A report on January-August may count to June.
    """
    inside = [
        figure
        for figure in facts.figures(subject, facts.catalogue.root, OUTCOME)
        if figure.source == report.id and report.period.start <= figure.when.end <= report.period.end
    ]
    latest = max((figure.when.end for figure in inside), default=None)
    return tuple(figure for figure in inside if figure.when.end == latest)


def _sign(rows: Sequence[Assessment], figures: Sequence[Figure]) -> Sign:
    if not rows:
        return Sign.NUMBER if figures else Sign.ABSENT
    if figures:
        return Sign.OUTCOME
    judged = [row for row in rows if row.colour is not Colour.NOT_ASSESSED and EMPTY_BOX not in row.note]
    if any(row.outcome for row in judged):
        return Sign.OUTCOME
    return Sign.COLOUR if judged else Sign.NOTHING


def _changes(
    rows: Sequence[Assessment], target: str, marks: Sequence[Mark], before: Mark | None
) -> tuple[Change, ...]:
    if not marks:
        return ()
    if not rows:
        return (Change.DROPPED,) if marks[-1].followed else ()
    if before is None:
        return (Change.INTRODUCED,)
    changes = [] if marks[-1].followed else [Change.RETURNED]
    if not any(same(old.label, new.label) for old in before.rows for new in rows):
        changes.append(Change.REWORDED)
    if target and before.target and not same(before.target, target):
        changes.append(Change.TARGET)
    return tuple(changes)
