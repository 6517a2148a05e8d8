"""The rows of the published layer. Their annotations say what each cell may hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from dashboard.domain.periods import Period
from dashboard.published.cells import (
    Id,
    IdOrEmpty,
    Line,
    Measure,
    PeriodKind,
    Score,
    Shade,
    Share,
    Text,
    ids,
    number,
    one_of,
    period_of,
    whole,
)

# What a retold passage is: the children's perspective, a judgement summed up, what it meant to those who live in the
# municipality, measures taken, or an account of how something went.
TOPICS = ("barnperspektiv", "bedomning", "resultat", "atgarder", "redogorelse")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure. ``value`` keeps the printed decimals; ``org`` is empty where no one unit is meant."""

    source: Id
    line: Line
    section: Text
    indicator: IdOrEmpty
    label: Text
    org: IdOrEmpty
    period_kind: PeriodKind
    period: Text
    measure: Measure
    value: Annotated[Decimal, number]
    unit: Text
    qualifier: str
    note: str

    @property
    def when(self) -> Period:
        """The period as the rest of the program knows it."""
        return period_of(self.period_kind, self.period)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A printed colour, or a share of units (``green`` to ``total`` are set for shares only).

    ``listed``: a report names an indicator under a goal without judging it; the colour is then *not assessed*.
    ``plan``: so does an activity of a plan, on the activity's own line; it is no indicator of the goals.
    ``description`` retells what the report's own column of that name says; ``target`` is what is aimed at, wherever
    the report says it.
    """

    source: Id
    line: Line
    section: Text
    subject_kind: Annotated[str, one_of("goal", "namndmal", "indicator", "listed", "plan", "unit_share")]
    subject: Id
    label: Text
    period_kind: PeriodKind
    period: Text
    colour: Shade
    description: str
    outcome: str
    target: str
    green: Share
    yellow: Share
    red: Share
    total: Share
    judged_by: Text
    note: str

    @property
    def when(self) -> Period:
        """The period as the rest of the program knows it."""
        return period_of(self.period_kind, self.period)


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk as a report prints it. ``status`` is the colour of its measures; ``previous_label`` is the report's own
    words on the value before.
    """

    source: Id
    line: Line
    category: Text
    risk: Id
    label: Text
    probability: Score
    consequence: Score
    value: Annotated[int, whole(1, 25)]
    previous_value: Annotated[int | None, whole(1, 25, empty=True)]
    previous_label: str
    status: Shade
    comment: str
    note: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A measure, an assignment or an activity in one period. ``parent`` is a risk's or a goal's id, or empty.

    ``unknown``: the report had a status that its text form lost; ``not_assessed``: it prints none, and then nobody
    has judged. A report that prints the status in several periods has a row for each.
    """

    source: Id
    line: Line
    kind: Annotated[str, one_of("riskatgard", "atgard", "uppdrag", "tillganglighetsplan")]
    parent: IdOrEmpty
    label: Text
    period_kind: PeriodKind
    period: Text
    status: Annotated[str, one_of("done", "ongoing", "green", "yellow", "red", "unknown", "not_assessed")]
    status_label: str
    judged_by: str
    owner: str
    comment: str
    note: str

    @property
    def when(self) -> Period:
        """The period as the rest of the program knows it."""
        return period_of(self.period_kind, self.period)

    @property
    def place(self) -> tuple[str, int, str, str, str]:
        """What all periods of one printed row have in common."""
        return (self.source, self.line, self.kind, self.parent, self.label)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, was decided or became law. ``date`` is as exact as the report is."""

    source: Id
    line: Line
    kind: Annotated[str, one_of("handelse", "beslut", "lag")]
    date: str
    date_precision: Annotated[str, one_of("day", "month", "year", "none")]
    title: Text
    comment: str
    indicators: Annotated[tuple[str, ...], ids]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """Where a goal is printed."""

    source: Id
    line: Line
    goal: Id
    label: Text


@dataclass(frozen=True, slots=True)
class RiskMention:
    """A risk that a report names without any value, in words that need not be those of its table of risks."""

    source: Id
    line: Line
    section: Text
    risk: Id
    label: Text
    note: str


@dataclass(frozen=True, slots=True)
class Retelling:
    """What a passage of a report says, in few words of our own. ``line`` is the passage's first."""

    source: Id
    line: Line
    section: Text
    topic: Annotated[str, one_of(*TOPICS)]
    text: Text


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something in the reports that does not add up. ``printed`` and ``computed`` may be colours, so text.

    ``found_by``: the reconciliation computes it, or only a reader could see it.
    """

    id: Id
    kind: Annotated[
        str,
        one_of("sum", "comparison", "between-reports", "text-table", "label", "period", "judgement", "typo"),
    ]
    severity: Annotated[str, one_of("rounding", "real")]
    found_by: Annotated[str, one_of("computation", "reading")]
    source: Id
    line: Line
    measure: str
    printed: str
    computed: str
    other_source: IdOrEmpty
    other_line: Annotated[int | None, whole(1, 999_999, empty=True)]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Apart:
    """Figures of one indicator that are different things though unit and period agree: told apart by ``by``."""

    indicator: Id
    by: Annotated[str, one_of("section", "label")]
    reason: Text

    def of(self, figure: Figure) -> str:
        return figure.section if self.by == "section" else figure.label


@dataclass(frozen=True, slots=True)
class Published:
    """Everything the reports print, in the order of the files; ``apart`` says which repetitions are none."""

    figures: tuple[Figure, ...]
    assessments: tuple[Assessment, ...]
    risks: tuple[RiskRow, ...]
    assignments: tuple[Assignment, ...]
    events: tuple[Event, ...]
    goals: tuple[GoalRow, ...]
    contradictions: tuple[Contradiction, ...]
    risk_mentions: tuple[RiskMention, ...]
    retellings: tuple[Retelling, ...]
    apart: tuple[Apart, ...] = ()

    def apart_by(self, figure: Figure) -> str:
        """What tells the figure from others of its indicator, unit and period; "" for most indicators."""
        return next((one.of(figure) for one in self.apart if one.indicator == figure.indicator), "")

    @property
    def standing(self) -> tuple[Assignment, ...]:
        """The assignments as they stood last in each report: of several periods of one printed row the latest."""
        latest: dict[tuple[str, int, str, str, str], Assignment] = {}
        twins: list[Assignment] = []
        for row in self.assignments:
            known = latest.setdefault(row.place, row)
            if known is not row and known.when == row.when:
                twins.append(row)
            elif _later(row, known):
                latest[row.place] = row
        kept = {id(row) for row in (*latest.values(), *twins)}
        return tuple(row for row in self.assignments if id(row) in kept)


def _later(row: Assignment, other: Assignment) -> bool:
    """A tertial that ends with the year has less to say than the year."""
    return (row.when.end.index, len(row.when.months)) > (other.when.end.index, len(other.when.months))
