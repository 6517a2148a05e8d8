"""The catalogue as one frozen value, and the two shapes that only it needs: the board and its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from dashboard.domain import organisation
from dashboard.domain.comparison import Comparisons
from dashboard.domain.layout import ReportTable
from dashboard.domain.model import Commitment, Goal, Indicator, Report, Risk, Thresholds, Unit
from dashboard.domain.periods import Month, Period
from dashboard.domain.rates import Rate
from dashboard.domain.roles import Roles
from dashboard.domain.spc_data import Rebase
from dashboard.domain.topic import Topic
from dashboard.errors import SelectionError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Board:
    """Who the board is and what its first page shows.

    ``themes`` and ``kinds`` give the ids used by indicators and units their Swedish names, in order.
    ``key_figures`` are indicator ids, as are ``unit_key_figures`` (watched in every unit) and ``unit_measures`` (what
    one unit is shown by, in order).
    """

    product: str
    municipality: str
    board: str
    board_short: str
    administration: str
    root: str
    key_figures: tuple[str, ...]
    unit_key_figures: tuple[str, ...]
    unit_measures: tuple[str, ...]
    default_period: Period
    themes: Mapping[str, str]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """A term and what it means, in plain Swedish."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Retellings:
    """What the board's reports call the passages that are retold (``retellings.csv``), by topic."""

    barnperspektiv: str
    bedomning: str
    resultat: str
    atgarder: str
    redogorelse: str

    def of(self, topic: str) -> str:
        """Raises AttributeError for a topic that the published layer does not know either."""
        return str(getattr(self, topic))


@dataclass(frozen=True, slots=True)
class Texts:
    """Words on screen that belong to a board rather than to the code."""

    demo_notice: str
    published_note: str
    imported_note: str
    synthetic_note: str
    mixed_note: str
    unknown_colour: str
    not_assessed: str
    missing_value: str
    suppressed: str
    suppressed_small_group: str
    varav_note: str
    buffer_note: str
    break_note: str
    r12_note: str
    spc_note: str
    kkik_note: str
    contradiction_note: str
    glossary: tuple[Word, ...]
    retellings: Retellings


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All definitions of a board. Mappings are read-only and keep the order of the files.

    The look-ups raise SelectionError, in Swedish, for an id that does not exist.
    ``fingerprint`` changes with any byte of the definitions.
    """

    board: Board
    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    goals: Mapping[str, Goal]
    risks: Mapping[str, Risk]
    assignments: Mapping[str, Commitment]
    reports: Mapping[str, Report]
    tables: Mapping[str, ReportTable]
    thresholds: Thresholds
    rebases: Mapping[str, Rebase]
    rates: Mapping[str, Rate]
    comparisons: Comparisons
    roles: Roles
    texts: Texts
    topics: Mapping[str, Topic]
    fingerprint: str

    @property
    def root(self) -> str:
        """The id of the whole organisation."""
        return self.board.root

    def unit(self, unit_id: str) -> Unit:
        return _found(self.units, unit_id, "Enheten")

    def indicator(self, indicator_id: str) -> Indicator:
        return _found(self.indicators, indicator_id, "Måttet")

    def goal(self, goal_id: str) -> Goal:
        return _found(self.goals, goal_id, "Målet")

    def risk(self, risk_id: str) -> Risk:
        return _found(self.risks, risk_id, "Risken")

    def report(self, report_id: str) -> Report:
        return _found(self.reports, report_id, "Rapporten")

    def topic(self, page_id: str) -> Topic:
        if page_id not in self.topics:
            raise SelectionError(f"Sidans innehåll saknas i katalogen: topics/{page_id}.toml finns inte.")
        return self.topics[page_id]

    def children(self, unit_id: str, when: Month | Period | None = None) -> tuple[Unit, ...]:
        """The units directly below; with ``when`` only those that existed then."""
        return organisation.children(self.units, self.unit(unit_id).id, when)

    def descendants(self, unit_id: str, when: Month | Period | None = None) -> tuple[Unit, ...]:
        """Everything below, parents first; the unit itself is left out."""
        return organisation.descendants(self.units, self.unit(unit_id).id, when)

    def ancestors(self, unit_id: str) -> tuple[Unit, ...]:
        """From the root to the parent; empty for the root."""
        return organisation.path(self.units, self.unit(unit_id).id)[:-1]

    def goals_in(self, period: Period, kind: str = "") -> tuple[Goal, ...]:
        """The goals that held at the end of the period, in order; of one ``kind`` or of all."""
        held = [goal for goal in self.goals.values() if goal.existed(period.end) and kind in {"", goal.kind}]
        return tuple(sorted(held, key=lambda goal: goal.order))

    def report_for(self, period: Period) -> Report | None:
        """The report on exactly this period."""
        return next((report for report in self.reports.values() if report.period == period), None)

    def previous_report(self, report_id: str) -> Report | None:
        """The report that this one follows up on."""
        before = self.report(report_id).previous
        return None if before is None else self.reports[before]

    def tables_of(self, report_id: str, topic: str = "") -> tuple[ReportTable, ...]:
        """The tables of a report in its own order; of one ``topic`` or all."""
        own = [t for t in self.tables.values() if t.source == report_id and topic in {"", t.topic}]
        return tuple(sorted(own, key=lambda table: table.first_line))


def _found(known: Mapping[str, T], wanted: str, what: str) -> T:
    if wanted not in known:
        raise SelectionError(f"{what} ”{wanted}” finns inte i katalogen.")
    return known[wanted]
