"""Which reports were known at a time, and everything as it was without those that came later.

A report is known from the day that the catalogue gives it (``published``). One without a date is known always, for no
date may be made up; every page says so. Definitions are not dated: what follows from a report that is left out and from
nothing else (its goals, its measures, the end of a goal that it ends) is left out with it, the rest is as now.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from dashboard.catalogue import Catalogue
from dashboard.domain.known import day_of
from dashboard.domain.model import Goal, Report, Successor
from dashboard.domain.periods import Month
from dashboard.domain.text import listing
from dashboard.published import Published, references, without


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of the reports. ``hidden`` are measures that only reports left out print.

    ``moment`` is when the last dated report came, by UTC; ``notice`` is what every page must say, empty for now.
    """

    catalogue: Catalogue
    published: Published
    left_out: tuple[Report, ...] = ()
    hidden: frozenset[str] = frozenset()
    moment: datetime | None = None
    notice: str = ""


def known_at(
    catalogue: Catalogue,
    published: Published,
    as_of: date | None,
    judged: Callable[[], Collection[str]] = tuple,
    now: datetime | None = None,
) -> Known:
    """All of it, or what was known at ``as_of`` (a day, or a moment with its time zone).

    ``judged`` gives the goals that months then known judge: they were known whatever reports say of them. It is asked
    only when a report is left out. ``now``: a report of a day ahead does not count as the last that came.
    """
    now = now or datetime.now(UTC)
    if as_of is None:
        return Known(catalogue, published, moment=_moment(catalogue.reports.values(), now))
    day = day_of(as_of)
    late = tuple(report for report in catalogue.reports.values() if not report.known(day))
    undated = tuple(report for report in catalogue.reports.values() if report.published is None)
    notice = _notice(late, undated)
    if not late:
        return Known(catalogue, published, moment=_moment(catalogue.reports.values(), now), notice=notice)
    gone = {report.id for report in late}
    kept = without(published, gone)
    new = {kind: _ids(published, kind) - _ids(kept, kind) for kind in ("goal", "indicator")}
    hidden = frozenset(one for one in new["indicator"] if not catalogue.indicators[one].monthly)
    shown = _cut(catalogue, gone, new["goal"] - set(judged()), hidden)
    return Known(shown, kept, late, hidden, _moment(shown.reports.values(), now), notice)


def came_between(
    reports: Iterable[Report], since: date, until: date | None
) -> tuple[tuple[Report, ...], tuple[Report, ...]]:
    """The dated reports that became known after ``since`` and by ``until`` (None: now), and those known only before.

    The second is empty unless the times are given backwards.
    """
    dated = [report for report in reports if report.published is not None]
    before = [report for report in dated if report.known(day_of(since))]
    after = [report for report in dated if until is None or report.known(day_of(until))]
    came = tuple(report for report in after if report not in before)
    return came, tuple(report for report in before if report not in after)


def _ids(published: Published, kind: str) -> set[str]:
    return {one.id for one in references(published) if one.kind == kind}


def _moment(reports: Iterable[Report], now: datetime) -> datetime | None:
    """The beginning of the last day on which a report came; a day ahead has not been."""
    days = (datetime.combine(one.published, time(), UTC) for one in reports if one.published)
    return max((day for day in days if day <= now), default=None)


def _cut(catalogue: Catalogue, gone: set[str], goals: set[str], hidden: frozenset[str]) -> Catalogue:
    """The definitions without the reports ``gone``. The period met first is then that of the last report left."""
    reports = {
        report.id: replace(report, previous=_previous(catalogue.reports, report, gone))
        for report in catalogue.reports.values()
        if report.id not in gone
    }
    ends = [report.period.end for report in reports.values()]
    own = catalogue.report_for(catalogue.board.default_period)
    board = catalogue.board
    if own is not None and own.id in gone and reports:
        last = max(reports.values(), key=lambda report: report.period.end)
        board = replace(board, default_period=last.period)
    later = any(not ends or catalogue.reports[one].period.end > max(ends) for one in gone)
    kept = {
        goal.id: _as_before(goal, goals, hidden, reopened=later and _ends_after(goal, ends))
        for goal in catalogue.goals.values()
        if goal.id not in goals or _has_kept_child(catalogue.goals, goal.id, goals)
    }
    return replace(
        catalogue,
        board=board,
        reports=MappingProxyType(reports),
        tables=MappingProxyType({k: v for k, v in catalogue.tables.items() if v.source not in gone}),
        goals=MappingProxyType(kept),
    )


def _previous(reports: Mapping[str, Report], report: Report, gone: set[str]) -> str | None:
    """The nearest report before it that is not left out."""
    step = report.previous
    while step is not None and step in gone:
        step = reports[step].previous
    return step


def _ends_after(goal: Goal, ends: list[Month]) -> bool:
    return goal.valid_to is not None and all(goal.valid_to > end for end in ends)


def _has_kept_child(known: Mapping[str, Goal], goal_id: str, gone: set[str]) -> bool:
    below = [goal for goal in known.values() if goal.parent == goal_id]
    return any(goal.id not in gone or _has_kept_child(known, goal.id, gone) for goal in below)


def _as_before(goal: Goal, gone: set[str], hidden: frozenset[str], *, reopened: bool) -> Goal:
    """The goal without what only the reports left out say of it. An end after the last report left came with them."""
    successors: tuple[Successor, ...] = tuple(one for one in goal.successors if one.id not in gone)
    return replace(
        goal,
        valid_to=None if reopened and not successors else goal.valid_to,
        successors=successors,
        indicators=tuple(one for one in goal.indicators if one not in hidden),
        measured_by=tuple(one for one in goal.measured_by if one not in hidden),
    )


def _notice(late: tuple[Report, ...], undated: tuple[Report, ...]) -> str:
    """Which reports are left out and why, and which are shown for want of a date."""
    said = []
    if len(late) == 1:
        said.append(f"Rapporten {late[0].short} blev känd {late[0].published} och är inte med.")
    elif late:
        names = listing([f"{one.short} ({one.published})" for one in late])
        said.append(f"Rapporterna {names} blev kända senare och är inte med.")
    if undated:
        word = "Rapporten" if len(undated) == 1 else "Rapporterna"
        names = listing([one.short for one in undated])
        said.append(f"{word} {names} har inget datum och visas alltid.")
    return " ".join(said)
