"""The goals report by report: every version of them, with the break between the versions drawn."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.model import Goal, Relation
from dashboard.domain.text import listing
from dashboard.measures import goals
from dashboard.measures.goal_units import Judged
from dashboard.published import Contradiction
from dashboard.ui.blocks.goals import Rows, shown_period
from dashboard.ui.page import Page
from dashboard.ui.render import render

RELATION_WORDS = {
    Relation.SAME: "samma mål",
    Relation.RENAMED: "ny text",
    Relation.MERGED: "sammanslaget",
    Relation.SPLIT: "delat",
    Relation.NONE: "avslutat",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table of periods: a colour, or words over ``span`` periods when the goal did not hold."""

    span: int
    judged: Judged | None
    words: str
    broken: bool  # the goals were replaced just before this cell
    flags: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionRow:
    goal: Goal
    cells: tuple[Cell, ...]
    first: bool  # the first goal of its version


def goal_periods(page: Page) -> Markup:
    """Every judged report period side by side, goals of all versions, with the break drawn."""

    def make() -> Markup:
        rows = goals.over_periods(page.facts)
        periods = goals.report_periods(page.facts)
        changes = _breaks(rows, len(periods))
        heads = [
            (period, page.href("mal", period=str(period)), period == shown_period(page), number in changes)
            for number, period in enumerate(periods)
        ]
        return render(
            "goal_periods.html", heads=heads, rows=_version_rows(page, rows, changes), point=page.point
        )

    return page.kept("goal_periods", make)


def _breaks(rows: Rows, width: int) -> frozenset[int]:
    """The columns before which goals were replaced."""
    held = [{goal.id for goal, line in rows if line[column].held} for column in range(width)]
    return frozenset(column for column in range(1, width) if held[column] != held[column - 1])


def _version_rows(page: Page, rows: Rows, changes: frozenset[int]) -> list[VersionRow]:
    found: list[VersionRow] = []
    for number, (goal, line) in enumerate(rows):
        first = number > 0 and goal.valid_from != rows[number - 1][0].valid_from
        found.append(VersionRow(goal, tuple(_cells(page, goal, line, changes)), first))
    return found


def _cells(page: Page, goal: Goal, line: tuple[Judged, ...], changes: frozenset[int]) -> list[Cell]:
    cells: list[Cell] = []
    column = 0
    while column < len(line):
        if line[column].held:
            cells.append(Cell(1, line[column], "", column in changes, _flags(page, line[column])))
            column += 1
            continue
        end = column
        while end < len(line) and not line[end].held:
            end += 1
        words = _fate(page, goal) if column else _roots(page, goal)
        cells.append(Cell(end - column, None, words, column in changes))
        column = end
    return cells


def _flags(page: Page, judged: Judged) -> tuple[Contradiction, ...]:
    """The contradictions on the row's line that are about this goal; the line may hold several goals."""
    row = judged.row
    if row is None:
        return ()
    near = page.facts.flags_by_line.get((row.source, row.line), ())
    return tuple(flag for flag in near if flag.severity == "real" and flag.measure == row.subject)


def _fate(page: Page, goal: Goal) -> str:
    if not goal.successors:
        return "målet avslutades"
    names = [page.facts.catalogue.goals[link.id].short for link in goal.successors]
    return f"→ {listing(names)} ({RELATION_WORDS[goal.successors[0].relation]})"


def _roots(page: Page, goal: Goal) -> str:
    found = goals.origins_of(page.facts, goal)
    if not found:
        return "nytt mål"
    return f"ur {listing([older.short for older, _ in found])} ({RELATION_WORDS[found[0][1].relation]})"
