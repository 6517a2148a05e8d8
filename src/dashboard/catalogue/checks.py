"""What the definitions must agree on with each other. Every fault is noted; nothing is raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from dashboard.catalogue.build import Faults, Where
from dashboard.catalogue.comparisons import check_comparisons
from dashboard.catalogue.layouts import check_headings, check_tables
from dashboard.catalogue.rates import check_rates
from dashboard.catalogue.rebases import check_rebases
from dashboard.catalogue.roles import check_roles
from dashboard.catalogue.shapes import Board
from dashboard.domain.comparison import Comparisons
from dashboard.domain.layout import ReportTable
from dashboard.domain.model import (
    Commitment,
    Goal,
    Indicator,
    Nature,
    OverPeriod,
    Report,
    Risk,
    Successor,
    Thresholds,
    Unit,
)
from dashboard.domain.organisation import KINDS
from dashboard.domain.periods import Month
from dashboard.domain.rates import Rate
from dashboard.domain.roles import Roles
from dashboard.domain.spc_data import Rebase

GOAL_KINDS = ("malomrade", "kommunmal", "namndmal")
AGAINST_RISK = "riskatgard"
ASSIGNMENT_KINDS = ("uppdrag", "tillganglighetsplan", "atgard", AGAINST_RISK)
NEVER_SUMMED = (Nature.STOCK, Nature.ACCUMULATED, Nature.FULL_YEAR)
Ids = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Parts:
    """All that was read, by id; ``board`` and ``thresholds`` are None when they had faults of their own.

    ``ids`` holds per table every id that the file names, rows with faults included, or None when the whole
    file could not be read: a fault has one cause, so a reference to a faulty row is no second fault.
    """

    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    goals: Mapping[str, Goal]
    risks: Mapping[str, Risk]
    assignments: Mapping[str, Commitment]
    reports: Mapping[str, Report]
    tables: Mapping[str, ReportTable]
    board: Board | None
    thresholds: Thresholds | None
    rebases: Mapping[str, Rebase]
    rates: Mapping[str, Rate]
    comparisons: Comparisons | None
    roles: Roles | None
    ids: Mapping[str, Ids]


class Dated(Protocol):
    """A unit or a goal: something with a parent, a time and a successor."""

    @property
    def id(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def valid_from(self) -> Month: ...
    @property
    def valid_to(self) -> Month | None: ...
    @property
    def successors(self) -> tuple[Successor, ...]: ...


def check(parts: Parts, faults: Faults) -> None:
    _units(parts, faults)
    _indicators(parts, faults)
    _goals(parts, faults)
    _risks(parts, faults)
    _assignments(parts, faults)
    _reports(parts, faults)
    check_headings(parts.reports, faults)
    check_tables(parts.tables, parts.ids["report"], faults)
    _board(parts, faults)
    _thresholds(parts, faults)
    check_rebases(parts.rebases, parts.indicators, parts.ids, faults)
    check_rates(parts.rates, parts.indicators, parts.ids, faults)
    check_roles(parts.roles, parts.indicators, parts.ids, faults)
    themes = parts.board.themes if parts.board is not None else None
    check_comparisons(parts.comparisons, parts.ids, themes, faults)


def _units(parts: Parts, faults: Faults) -> None:
    _dated(parts.units, parts.ids["unit"], Where("organisation.toml", "unit"), "enheterna", faults)
    for unit in parts.units.values():
        where = Where("organisation.toml", f"unit[{unit.id}]")
        if unit.kind not in KINDS:
            faults.add(where.at("kind"), f"ett av {', '.join(KINDS)}", unit.kind)


def _dated(known: Mapping[str, Dated], ids: Ids, table: Where, what: str, faults: Faults) -> None:
    """Parents, time and successors, the same for units and goals."""
    continues: dict[str, str] = {}
    for row in known.values():
        where = table.item(row.id)
        _known([row.parent] if row.parent else [], ids, where.at("parent"), what, faults)
        if _in_circle(known, row):
            faults.add(where.at("parent"), f"något som inte självt ligger under {row.id}", row.parent)
        if row.valid_to is not None and row.valid_to < row.valid_from:
            faults.add(where.at("valid_to"), f"{row.valid_from} eller senare", str(row.valid_to))
        comparable = [successor.id for successor in row.successors if successor.comparable]
        if len(comparable) > 1:
            faults.tell(where.at("successors"), "högst en som är same eller renamed", ", ".join(comparable))
        _known([successor.id for successor in row.successors], ids, where.at("successors"), what, faults)
        for successor in row.successors:
            _order(row, known.get(successor.id), successor, where.at("successors"), faults)
            if successor.comparable and continues.setdefault(successor.id, row.id) != row.id:
                wanted = f"att bara {continues[successor.id]} fortsätter som {successor.id}"
                faults.add(where.at("successors"), wanted, row.id)


def _order(row: Dated, later: Dated | None, successor: Successor, where: Where, faults: Faults) -> None:
    if later is None or not successor.comparable:
        return
    if row.valid_to is None or later.valid_from <= row.valid_to:
        got = f"{row.valid_to or 'inget slut'} och {later.valid_from}"
        faults.tell(where, f"att {row.id} slutar innan {later.id} börjar", got)


def _in_circle(known: Mapping[str, Dated], row: Dated) -> bool:
    seen: set[str] = set()
    step: Dated | None = row
    while step is not None and step.parent is not None and step.id not in seen:
        seen.add(step.id)
        if step.parent == row.id:
            return True
        step = known.get(step.parent)
    return False


def _indicators(parts: Parts, faults: Faults) -> None:
    for one in parts.indicators.values():
        where = Where("indicators.toml", f"indicator[{one.id}]")
        if (one.nature is Nature.PUBLISHED) is one.monthly:
            wanted = "inga termer för published" if one.monthly else "minst en term"
            faults.add(where.at("terms"), wanted, len(one.terms))
        if one.nature is Nature.RATIO and not one.per:
            faults.missing(where.at("per"), "nämnarens termer")
        if one.per_mean and not one.per:
            faults.missing(where.at("per"), "nämnarens termer, som per_mean talar om")
        if one.nature in NEVER_SUMMED and one.over_period is OverPeriod.SUM:
            faults.add(where.at("over_period"), f"last eller mean, för {one.nature} summeras aldrig", "sum")
        if one.nature is not Nature.RATIO and one.over_period is OverPeriod.RATIO:
            faults.add(where.at("nature"), "ratio, som over_period säger", one.nature.value)
        if one.part_of and one.part_of not in parts.indicators:
            faults.dangling(where.at("part_of"), "måtten", one.part_of, parts.indicators)
        if not 0 <= one.decimals <= 4:
            faults.add(where.at("decimals"), "0 till 4", one.decimals)
        for kind in one.levels:
            if kind not in KINDS:
                faults.add(where.at("levels"), f"ett av {', '.join(KINDS)}", kind)
        if parts.board is not None and one.theme not in parts.board.themes:
            faults.dangling(where.at("theme"), "temana i board.toml", one.theme, parts.board.themes)


def _goals(parts: Parts, faults: Faults) -> None:
    _dated(parts.goals, parts.ids["goal"], Where("goals.toml", "goal"), "målen", faults)
    for goal in parts.goals.values():
        where = Where("goals.toml", f"goal[{goal.id}]")
        if goal.kind not in GOAL_KINDS:
            faults.add(where.at("kind"), f"ett av {', '.join(GOAL_KINDS)}", goal.kind)
        _known(goal.indicators, parts.ids["indicator"], where.at("indicators"), "måtten", faults)
        _known(goal.measured_by, parts.ids["indicator"], where.at("measured_by"), "måtten", faults)


def _risks(parts: Parts, faults: Faults) -> None:
    for risk in parts.risks.values():
        where = Where("risks.toml", f"risk[{risk.id}]")
        _known(risk.wordings, parts.ids["report"], where.at("wordings"), "rapporterna", faults)
        _known([s.id for s in risk.successors], parts.ids["risk"], where.at("successors"), "riskerna", faults)


def _assignments(parts: Parts, faults: Faults) -> None:
    for one in parts.assignments.values():
        where = Where("assignments.toml", f"assignment[{one.id}]")
        if one.kind not in ASSIGNMENT_KINDS:
            faults.add(where.at("kind"), f"ett av {', '.join(ASSIGNMENT_KINDS)}", one.kind)
        if (one.kind == AGAINST_RISK) is not bool(one.parent):
            wanted = (
                "en risk, för en åtgärd mot en risk"
                if not one.parent
                else "ingen risk för annat än riskatgard"
            )
            faults.add(where.at("parent"), wanted, one.parent)
        _known([one.parent] if one.parent else [], parts.ids["risk"], where.at("parent"), "riskerna", faults)
        _known(one.wordings, parts.ids["report"], where.at("wordings"), "rapporterna", faults)


def _reports(parts: Parts, faults: Faults) -> None:
    for report in parts.reports.values():
        where = Where("reports.toml", f"report[{report.id}].previous")
        if report.previous is None:
            continue
        _known([report.previous], parts.ids["report"], where, "rapporterna", faults)
        before = parts.reports.get(report.previous)
        if before is not None and not before.period.end < report.period.end:
            faults.add(where, "en rapport om en tidigare period", report.previous)


def _board(parts: Parts, faults: Faults) -> None:
    board = parts.board
    if board is None:
        return
    where = Where("board.toml")
    _known([board.root], parts.ids["unit"], where.at("root"), "enheterna", faults)
    for unit in parts.units.values():
        if (unit.id == board.root) is not (unit.parent is None):
            wanted = "ingen parent för roten" if unit.parent else f"en parent, för roten är {board.root}"
            where_unit = Where("organisation.toml", f"unit[{unit.id}].parent")
            faults.tell(where_unit, wanted, unit.parent or "ingen")
    for name in ("key_figures", "unit_key_figures", "unit_measures"):
        if not getattr(board, name):
            faults.tell(where.at(name), "minst ett mått", "en tom lista")
        _known(getattr(board, name), parts.ids["indicator"], where.at(name), "måtten", faults)
    for kind in KINDS:
        if kind not in board.kinds:
            faults.missing(where.at("kinds").at(kind), "text")


def _thresholds(parts: Parts, faults: Faults) -> None:
    limits = parts.thresholds
    if limits is None:
        return
    where = Where("thresholds.toml")
    if not 0 < limits.economy_yellow < 1:
        faults.add(where.at("economy_yellow"), "en andel mellan 0 och 1", limits.economy_yellow)
    if not 1 < limits.risk_yellow < limits.risk_red <= 25:
        wanted = f"mer än risk_yellow ({limits.risk_yellow}) och högst 25"
        faults.add(where.at("risk_red"), wanted, limits.risk_red)
    if not 1 <= limits.risk_reported <= 25:
        faults.add(where.at("risk_reported"), "1 till 25", limits.risk_reported)
    if not limits.pulse_yellow < limits.pulse_green:
        wanted = f"mer än pulse_yellow ({limits.pulse_yellow})"
        faults.add(where.at("pulse_green"), wanted, limits.pulse_green)
    for name, least in (("suppression", 2), ("small_group", 2)):
        if getattr(limits, name) < least:
            faults.add(where.at(name), f"minst {least}", getattr(limits, name))


def _known(wanted: Iterable[str], ids: Ids, where: Where, what: str, faults: Faults) -> None:
    for one in wanted:
        if ids is not None and one not in ids:
            faults.dangling(where, what, one, ids)
