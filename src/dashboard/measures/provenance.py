"""Where a printed thing stands: an address for every row of the published layer, and all that is known of it.

An address is ``report:line:number``, as ``t2-2025:209:1`` for the first figure on the line. Colours, risks, measures,
goals, events and retold passages on a line have a letter before the number (KINDS); without a number the whole line is
meant. The number counts the rows of its kind on the line in the order of the file, which is the order of the report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from dashboard.domain.layout import Heading
from dashboard.domain.model import Indicator, Report
from dashboard.errors import SelectionError
from dashboard.measures import risks
from dashboard.measures.facts import BESIDE, Facts
from dashboard.measures.flags import flags_of
from dashboard.published import (
    Assessment,
    Assignment,
    Contradiction,
    Event,
    Figure,
    GoalRow,
    Retelling,
    RiskMention,
    RiskRow,
)

Row = Figure | Assessment | RiskRow | Assignment | Event | GoalRow | RiskMention | Retelling
# figure (no letter), bedömning, risk, åtgärd or assignment, händelse, mål, nämnd risk, återgiven text
KINDS: Mapping[type, str] = {
    Figure: "",
    Assessment: "b",
    RiskRow: "r",
    Assignment: "a",
    Event: "h",
    GoalRow: "m",
    RiskMention: "n",
    Retelling: "t",
}
_FORM = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*):([0-9]{1,6})(?::([brahmnt]?)([0-9]{1,3}))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """The address of a row; ``number`` 0 is the whole line."""

    source: str
    line: int
    kind: str = ""
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Raises SelectionError, in Swedish, for what is no address."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise SelectionError(f"”{text[:40]}” pekar inte ut någon uppgift i en rapport.")
        return cls(match[1], int(match[2]), match[3] or "", int(match[4] or 0))

    @property
    def anchor(self) -> str:
        """The id of the place on the page that shows the report."""
        return f"f-{self.line}-{self.kind}{self.number or 1}"

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}"
        return f"{place}:{self.kind}{self.number}" if self.number else place


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed thing with its address."""

    reference: Reference
    row: Row


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that is known of a printed thing.

    ``headings``: from the chapter down to the heading over it. ``figures`` are what reports print of the same
    indicator (all periods and units), ``colours`` how it has been judged; the thing itself is among them.
    ``beside`` is what else stands on the line. ``row`` is None when only the line is meant and nothing is kept of it.
    """

    reference: Reference
    report: Report
    headings: tuple[Heading, ...]
    row: Row | None
    indicator: Indicator | None
    flags: tuple[Contradiction, ...]
    figures: tuple[Entry, ...]
    colours: tuple[Entry, ...]
    beside: tuple[Entry, ...]


@lru_cache(maxsize=4)
def entries(facts: Facts) -> Mapping[tuple[str, int], tuple[Entry, ...]]:
    """Every printed row by (report, line), figures first; made once for all pages."""
    published = facts.published
    found: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    count: dict[tuple[str, int, str], int] = defaultdict(int)
    rows: chain[Row] = chain(
        published.figures,
        published.assessments,
        published.risks,
        published.assignments,
        published.events,
        published.goals,
        published.risk_mentions,
        published.retellings,
    )
    for row in rows:
        kind = KINDS[type(row)]
        count[row.source, row.line, kind] += 1
        number = count[row.source, row.line, kind]
        found[row.source, row.line].append(Entry(Reference(row.source, row.line, kind, number), row))
    return {place: tuple(on_line) for place, on_line in found.items()}


@lru_cache(maxsize=4)
def _addresses(facts: Facts) -> Mapping[Row, Reference]:
    return {entry.row: entry.reference for on_line in entries(facts).values() for entry in on_line}


def reference_of(facts: Facts, row: Row) -> Reference:
    """The address of a row of the published layer. Raises KeyError for a row that is not from there."""
    return _addresses(facts)[row]


def provenance(facts: Facts, reference: Reference) -> Provenance:
    """Raises SelectionError, in Swedish, when the report does not exist or nothing stands at the address."""
    report = facts.catalogue.report(reference.source)
    on_line = entries(facts).get((reference.source, reference.line), ())
    if reference.number:
        chosen = next((entry for entry in on_line if entry.reference == reference), None)
    else:
        chosen = on_line[0] if on_line else None
    flags = facts.flags_by_line.get((reference.source, reference.line), ())
    if chosen is None and (reference.number or not flags):
        raise SelectionError(
            f"{report.short} har ingen uppgift på rad {reference.line} som ”{reference}” pekar på."
        )
    row = chosen.row if chosen else None
    indicator = indicator_of(facts, row)
    return Provenance(
        reference=chosen.reference if chosen else reference,
        report=report,
        headings=headings_over(report, reference.line),
        row=row,
        indicator=indicator,
        flags=_with(row_flags(facts, row), () if reference.number else flags) if row else flags,
        figures=_figures(facts, row),
        colours=_colours(facts, row),
        beside=tuple(entry for entry in on_line if entry is not chosen),
    )


def _with(own: tuple[Contradiction, ...], others: tuple[Contradiction, ...]) -> tuple[Contradiction, ...]:
    """Each once, a thing's own first."""
    return tuple({flag.id: flag for flag in (*own, *others)}.values())


def headings_over(report: Report, line: int) -> tuple[Heading, ...]:
    """The headings that a line stands under, the chapter first."""
    path: list[Heading] = []
    for heading in report.headings:
        if heading.line > line:
            break
        path = [*(one for one in path if one.level < heading.level), heading]
    return tuple(path)


def indicator_of(facts: Facts, row: Row | None) -> Indicator | None:
    """The indicator a row is about, None when it is about none that the catalogue has."""
    match row:
        case Figure():
            return facts.catalogue.indicators.get(row.indicator)
        case Assessment():
            return facts.catalogue.indicators.get(row.subject)
        case _:
            return None


def row_flags(facts: Facts, row: Row) -> tuple[Contradiction, ...]:
    """The contradictions that concern a row, those of rounding among them."""
    if isinstance(row, Figure):
        return flags_of(facts, row, rounding=True)
    if isinstance(row, RiskRow):
        return risks.flags(facts, row)
    return tuple(flag for flag in line_flags(facts, row.source, row.line) if flag.measure in subjects(row))


def line_flags(facts: Facts, source: str, line: int) -> tuple[Contradiction, ...]:
    """The contradictions that stand on a line, or that hold something else against it."""
    return facts.flags_by_line.get((source, line), ())


def subjects(row: Row) -> frozenset[str]:
    """What a contradiction may call the row by."""
    match row:
        case Assessment():
            names: tuple[str, ...] = (row.subject,)
        case RiskRow() | RiskMention():
            names = (row.risk,)
        case Assignment():
            names = (row.parent,)
        case GoalRow():
            names = (row.goal,)
        case Figure():
            names = (row.measure, row.indicator)
        case Event():
            names = row.indicators
        case Retelling():
            names = ()
    return frozenset(names) - {""}


def _figures(facts: Facts, row: Row | None) -> tuple[Entry, ...]:
    """What reports print of the same indicator, the latest period first.

    What is of the row's own kind (a value, or a limit or target beside the values) and unit goes before the rest.
    """
    name = row.indicator if isinstance(row, Figure) else row.subject if isinstance(row, Assessment) else ""
    if not name:
        return ()
    own, beside = (
        (row.org, row.measure in BESIDE) if isinstance(row, Figure) else (facts.catalogue.root, False)
    )
    found = [figure for figure in facts.published.figures if figure.indicator == name]

    def rank(one: Figure) -> tuple[bool, bool, int, int, str, int]:
        other = (one.measure in BESIDE) is not beside
        return (other, one.org != own, -one.when.end.index, -len(one.when.months), one.source, one.line)

    found.sort(key=rank)
    return tuple(Entry(reference_of(facts, figure), figure) for figure in found)


def _colours(facts: Facts, row: Row | None) -> tuple[Entry, ...]:
    """How the same goal, indicator or risk has been judged, the latest first."""
    found: list[Row] = []
    if isinstance(row, Assessment):
        found = [one for one in facts.published.assessments if one.subject == row.subject]
        found = [one for one in found if isinstance(one, Assessment) and one.subject_kind == row.subject_kind]
        found.sort(key=lambda one: -one.when.end.index if isinstance(one, Assessment) else 0)
    elif isinstance(row, RiskRow | RiskMention):
        found = [one for one in facts.published.risks if one.risk == row.risk]
        found.reverse()
    return tuple(Entry(reference_of(facts, one), one) for one in found)
