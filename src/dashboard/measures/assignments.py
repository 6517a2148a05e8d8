"""What has been promised: assignments, activities and measures, how each stands, and what became of it.

One promise is followed through the reports by its wording, and by the catalogue where reports word it anew
(``data/catalogue/assignments.toml``). What is uncertain is not joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.domain.model import Report
from dashboard.domain.selection import Selection
from dashboard.measures import risks
from dashboard.measures.facts import TARGET, Facts
from dashboard.measures.goals import reading_report
from dashboard.published import Assignment, Contradiction, Figure

KINDS = ("uppdrag", "tillganglighetsplan", "atgard", "riskatgard")
Key = tuple[str, str, str]


class Standing(StrEnum):
    """How a promise stands, the late first; the order that the board needs them in."""

    RED = "red"
    YELLOW = "yellow"
    ONGOING = "ongoing"
    UNKNOWN = "unknown"  # the text form lost the colour
    NOT_ASSESSED = "not_assessed"  # the report prints none
    GREEN = "green"
    DONE = "done"


class Absence(StrEnum):
    """Why a report does not mention a promise of an earlier one, as far as the reports show it."""

    NONE = ""
    DONE = "done"  # it was done
    KIND = "kind"  # the report follows up no promises of that kind
    RISK = "risk"  # the risk is not in the report either
    GOAL = "goal"  # the goal no longer held


ORDER = {standing: place for place, standing in enumerate(Standing)}
_COLOURS = (Standing.GREEN, Standing.YELLOW, Standing.RED)


@dataclass(frozen=True, slots=True)
class Mention:
    """A promise in one report. ``meaning``: what the colour means there, empty where the report does not say.

    ``targets`` are the printed targets on its line, each followed by the outcomes of the same indicator; empty where
    several promises share the line, since it does not say whose they are. ``earlier``: how the report says that it
    stood in earlier periods.
    """

    report: Report
    row: Assignment
    standing: Standing
    meaning: str
    targets: tuple[Figure, ...]
    flags: tuple[Contradiction, ...]
    earlier: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise through the reports, as the one that is read words it, else the last before it (``shown``).

    ``held``: the report that is read mentions it. ``mentions`` are all of them, by report, the oldest first, later
    reports included. ``new``: held, and not in the report compared with. ``absence``: why it is not held.
    """

    shown: Mention
    held: bool
    mentions: tuple[Mention, ...]
    new: bool = False
    absence: Absence = Absence.NONE

    @property
    def kind(self) -> str:
        return self.shown.row.kind

    @property
    def parent(self) -> str:
        return self.shown.row.parent

    @property
    def reworded(self) -> tuple[Mention, ...]:
        """The mentions with other words than those shown, the oldest first."""
        return tuple(m for m in self.mentions if _plain(m.row.label) != _plain(self.shown.row.label))

    def within(self, report: Report) -> Mention | None:
        """The mention in one report; of several the one that is shown, else the first."""
        if self.shown.report.id == report.id:
            return self.shown
        return next((one for one in self.mentions if one.report.id == report.id), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises of a kind stand how. ``last``: the latest report that has any, when this one has none."""

    kind: str
    counts: Mapping[Standing, int]
    last: Report | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises of the report that is read, late first, and those of earlier reports that it does not mention.

    ``reports``: every report that has promises, the oldest first.
    """

    report: Report | None
    compared_with: Report | None
    reports: tuple[Report, ...]
    held: tuple[Promise, ...]
    gone: tuple[Promise, ...]


def promises(facts: Facts, selection: Selection) -> Promises:
    """The promises of the report on the period, or of the last report before it (which then is named).

    Shape: one promise per printed row of that report, and one per identity that only earlier reports have. What
    is new is so against the previous report, or the report on the same period a year before. The unit has no
    effect: the reports hand no promise to a unit.
    """
    report = reading_report(facts, selection.period)
    used = {row.source for row in facts.published.assignments}
    reports = tuple(one for one in facts.catalogue.reports.values() if one.id in used)
    if report is None:
        return Promises(None, None, reports, (), ())
    other = risks.compared_report(facts, report, selection)
    held: list[Promise] = []
    gone: list[Promise] = []
    for group in _groups(facts):
        here = [one for one in group if one.report.id == report.id]
        new = other is not None and not any(one.report.id == other.id for one in group)
        held += [Promise(one, True, group, new) for one in here]
        earlier = [one for one in group if one.report.period.end < report.period.end]
        if earlier and not here:
            gone.append(Promise(earlier[-1], False, group, absence=_absence(facts, earlier[-1], report)))
    return Promises(report, other, reports, by_standing(held), by_last_mention(gone))


def tallies(facts: Facts, found: Promises) -> tuple[Tally, ...]:
    """One per kind, in the order of ``KINDS``; kinds that no report has are left out."""
    result = []
    for kind in KINDS:
        standings = [one.shown.standing for one in found.held if one.kind == kind]
        counts = {standing: standings.count(standing) for standing in Standing if standing in standings}
        sources = {row.source for row in facts.published.assignments if row.kind == kind}
        last = [report for report in found.reports if report.id in sources]
        if last:
            result.append(Tally(kind, counts, None if counts else last[-1]))
    return tuple(result)


def by_standing(found: Iterable[Promise]) -> tuple[Promise, ...]:
    """Late first; then by kind, what they belong to, and their order in the report."""
    return tuple(sorted(found, key=lambda one: (ORDER[one.shown.standing], *_place(one))))


def by_report(found: Iterable[Promise]) -> tuple[Promise, ...]:
    """In the order of the report's lines."""
    return tuple(sorted(found, key=lambda one: one.shown.row.line))


def by_last_mention(found: Iterable[Promise]) -> tuple[Promise, ...]:
    """The most recently mentioned first; then by kind and their order in that report."""
    ordered = sorted(found, key=_place)
    return tuple(sorted(ordered, key=lambda one: one.shown.report.period.end, reverse=True))


def _place(one: Promise) -> tuple[int, str, int]:
    return (KINDS.index(one.kind), one.parent if one.kind == "riskatgard" else "", one.shown.row.line)


def _groups(facts: Facts) -> tuple[tuple[Mention, ...], ...]:
    """All mentions by identity, the oldest first."""
    known = _wordings(facts)
    when = {report.id: place for place, report in enumerate(facts.catalogue.reports.values())}
    found: dict[Key | str, list[Mention]] = {}
    for row in facts.published.standing:
        named = known.get((row.source, *_key(row)))
        found.setdefault(named or _key(row), []).append(_mention(facts, row))
    _join_equal_words(found, known)
    return tuple(
        tuple(sorted(group, key=lambda one: (when[one.report.id], one.row.line))) for group in found.values()
    )


def _wordings(facts: Facts) -> Mapping[tuple[str, str, str, str], str]:
    """(report, kind, risk, wording) → the catalogue's id."""
    return {
        (source, one.kind, one.parent, _plain(wording)): one.id
        for one in facts.catalogue.assignments.values()
        for source, wording in one.wordings.items()
    }


def _join_equal_words(
    found: dict[Key | str, list[Mention]], known: Mapping[tuple[str, str, str, str], str]
) -> None:
    """What is worded as one of the catalogue's wordings is the same in any report."""
    for (_, *key), named in known.items():
        equal = found.pop((key[0], key[1], key[2]), None)
        if equal:
            found.setdefault(named, []).extend(equal)


def _key(row: Assignment) -> Key:
    """Goals are replaced between reports and stay out of the identity; a risk keeps its id."""
    return (row.kind, row.parent if row.kind == "riskatgard" else "", _plain(row.label))


def _plain(label: str) -> str:
    return " ".join(label.casefold().rstrip(".").split())


def _absence(facts: Facts, last: Mention, report: Report) -> Absence:
    """The first reason that holds; a promise that is just not mentioned has none."""
    row, goals = last.row, facts.catalogue.goals
    here = facts.published.risks
    if last.standing is Standing.DONE:
        return Absence.DONE
    if not any((one.source, one.kind) == (report.id, row.kind) for one in facts.published.assignments):
        return Absence.KIND
    if row.kind == "riskatgard" and not any((o.source, o.risk) == (report.id, row.parent) for o in here):
        return Absence.RISK
    if row.parent in goals and not goals[row.parent].existed(report.period.end):
        return Absence.GOAL
    return Absence.NONE


def _mention(facts: Facts, row: Assignment) -> Mention:
    report = facts.catalogue.reports[row.source]
    standing = Standing(row.status)
    scale = {"riskatgard": report.measure_scale, "uppdrag": report.assignment_scale}.get(row.kind, ())
    meaning = dict(zip(_COLOURS, scale, strict=True)).get(standing, "") if scale else ""
    same = (one for one in facts.published.assignments if one.place == row.place and one.when != row.when)
    earlier = tuple(sorted(same, key=lambda one: one.when.end.index))
    return Mention(report, row, standing, meaning, _targets(facts, row), _flags(facts, row), earlier)


def _targets(facts: Facts, row: Assignment) -> tuple[Figure, ...]:
    place = (row.source, row.line)
    if any((one.source, one.line) == place and one.place != row.place for one in facts.published.assignments):
        return ()
    here = [one for one in facts.published.figures if (one.source, one.line) == place]
    aimed = {one.indicator for one in here if one.measure == TARGET}
    found = [one for one in here if one.indicator in aimed]
    return tuple(sorted(found, key=lambda one: (one.indicator, one.measure != TARGET)))


def _flags(facts: Facts, row: Assignment) -> tuple[Contradiction, ...]:
    """Real contradictions on the line; for a measure against a risk those that speak against the shared judgement."""
    judged = (one for one in facts.published.risks if (one.source, one.risk) == (row.source, row.parent))
    risk = next(judged, None) if row.kind == "riskatgard" else None
    if risk:
        return tuple(flag for flag in risks.flags(facts, risk) if flag.printed == row.status)
    return tuple(f for f in facts.flags_by_line.get((row.source, row.line), ()) if f.severity == "real")
