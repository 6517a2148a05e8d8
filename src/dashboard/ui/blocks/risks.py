"""The risk matrix: where the risks stand, how they moved, and whether the measures bite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain import risk as rules
from dashboard.domain.model import Colour, Report
from dashboard.domain.selection import Compare
from dashboard.measures.risks import Position, RiskBoard, RiskView
from dashboard.ui.blocks.risk_filters import COLOURS, Filtered, Numbered, filtered
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where a risk stood in the report compared with; ``arrow`` points to where it stands now."""

    number: int
    name: str
    arrow: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    probability: int
    consequence: int
    value: int
    colour: Colour
    risks: tuple[Numbered, ...]
    ghosts: tuple[Ghost, ...]


def risk_matrix(page: Page) -> Markup:
    """The five-by-five matrix with the filters."""

    def make() -> Markup:
        found = filtered(page)
        if found.board.report is None:
            return Markup()
        return render(
            "risk_matrix.html",
            found=found,
            report=found.board.report,
            rows=_rows(page, found),
            loose=[one for one in found.shown if one.view.now.cell is None],
            loose_ghosts=[one for one in found.shown if one.view.before and one.view.before.cell is None],
            factors=_factors,
            probability=tuple(reversed(rules.PROBABILITY)),
            consequence=rules.CONSEQUENCE,
            clear=page.href("riskmatris"),
        )

    return page.kept("risk_matrix", make)


def _rows(page: Page, found: Filtered) -> list[list[MatrixCell]]:
    """Probability 5 first; each row by consequence 1-5."""
    limits = page.facts.catalogue.thresholds
    rows = []
    for p in reversed(rules.SCALE):
        row = []
        for c in rules.SCALE:
            here = tuple(one for one in found.shown if one.view.now.cell == (p, c))
            ghosts = tuple(_ghost(one) for one in found.shown if _left(one.view) == (p, c))
            value = rules.value(p, c)
            colour = rules.colour(value, limits.risk_yellow, limits.risk_red)
            row.append(MatrixCell(p, c, value, colour, here, ghosts))
        rows.append(row)
    return rows


def _left(view: RiskView) -> tuple[int, int] | None:
    """The cell that the risk has left; None when it stands still or when either cell is uncertain."""
    if view.before is None or view.before.cell is None or view.now.cell in {None, view.before.cell}:
        return None
    return view.before.cell


def _ghost(one: Numbered) -> Ghost:
    before, now = one.view.before, one.view.now
    arrow = ""
    if before and before.cell and now.cell:
        up, right = now.cell[0] - before.cell[0], now.cell[1] - before.cell[1]
        arrow = _ARROWS[(up > 0) - (up < 0), (right > 0) - (right < 0)]
    return Ghost(one.number, one.view.risk.short or one.view.risk.name, arrow)


_ARROWS = {
    (1, 0): "↑", (-1, 0): "↓", (0, 1): "→", (0, -1): "←",
    (1, 1): "↗", (1, -1): "↖", (-1, 1): "↘", (-1, -1): "↙", (0, 0): "",
}  # fmt: skip


def _factors(value: int) -> str:
    """``20`` → ``4 × 5 eller 5 × 4``: the cells that a value alone leaves open."""
    return " eller ".join(f"{p} × {c}" for p, c in rules.factors(value))


def risk_list(page: Page) -> Markup:
    """The risks by value with their movement and the colour of their measures, and those that are gone."""

    def make() -> Markup:
        found = filtered(page)
        board = found.board
        if board.report is None:
            return Markup()
        return render(
            "risk_list.html",
            point=page.point,
            found=found,
            report=board.report,
            change=_change(page, board),
            column=_column(page),
            scale=_scale(board.report),
            gone=board.gone,
            risks=page.facts.catalogue.risks,
            hint=_hint(page, board),
            hint_href=page.query.href("riskmatris", keep_own=True, jamfor=Compare.PREVIOUS.value),
        )

    return page.kept("risk_list", make)


def _scale(report: Report) -> tuple[tuple[Colour, str], ...]:
    """What each colour of a measure means in the report; empty where it does not say."""
    return tuple(zip(COLOURS, report.measure_scale, strict=True)) if report.measure_scale else ()


def _hint(page: Page, board: RiskBoard) -> str:
    """Why nothing is compared, when something could be."""
    if board.compared_with or board.report is None or page.selection.compare is Compare.TARGET:
        return ""
    if page.selection.compare is Compare.PREVIOUS or board.report.previous is None:
        return "Det finns ingen tidigare rapport att jämföra med."
    return f"Ingen rapport gäller {board.report.period.year_before().short}."


@dataclass(frozen=True, slots=True)
class Change:
    """A risk's movement in words and marks. ``kind``: up, down, same, new or none."""

    kind: str
    mark: str
    words: str


def _column(page: Page) -> str:
    """The head over the movements; against the target they are distances to the limit for reporting."""
    if page.selection.compare is not Compare.TARGET:
        return "Rörelse"
    return f"Mot gränsen {page.facts.catalogue.thresholds.risk_reported}"


def _change(page: Page, board: RiskBoard) -> Callable[[RiskView], Change]:
    limit = page.facts.catalogue.thresholds.risk_reported

    def change(view: RiskView) -> Change:
        if page.selection.compare is Compare.TARGET:
            over = view.now.value - limit
            return Change("none", f"+{over}" if over else "0", f"{over} över gränsen {limit}")
        if board.compared_with is None:
            return Change("none", "", "jämförs inte")
        return since(view.before, view.now, board.compared_with)

    return change


def since(before: Position | None, now: Position, report: Report) -> Change:
    """How a risk stands against the report that had it at ``before``; None when the report did not."""
    if before is None:
        return Change("new", "ny", f"ny sedan {report.short}")
    if now.value == before.value:
        return Change("same", "oförändrad", f"oförändrad sedan {report.short}")
    kind, arrow, word = ("up", "↑", "ökat") if now.value > before.value else ("down", "↓", "minskat")
    return Change(
        kind, f"{arrow} från {before.value}", f"har {word} från {before.value} sedan {report.short}"
    )


def risk_cards(page: Page) -> Markup:
    """One card per risk: value, measures with their status, comment, flags and history."""

    def make() -> Markup:
        found = filtered(page)
        if found.board.report is None or not found.shown:
            return Markup()
        return render(
            "risk_cards.html",
            point=page.point,
            found=found,
            report=found.board.report,
            promises=page.href("uppdrag", slag="riskatgard"),
            reports=page.facts.catalogue.reports,
            change=_change(page, found.board),
            column=_column(page),
            scale=dict(_scale(found.board.report)),
            spot=spot,
            factors=_factors,
            limits=page.facts.catalogue.thresholds,
            rules=rules,
            texts=page.facts.catalogue.texts,
        )

    return page.kept("risk_cards", make)


def spot(position: Position) -> str:
    """``4 × 5 = 20``, or what the value alone leaves open."""
    if position.cell:
        return f"{position.cell[0]} × {position.cell[1]} = {position.value}"
    return f"{position.value} ({_factors(position.value)})"


def risk_table(page: Page) -> Markup:
    """All risks of the report as a plain table, for export and for who cannot use the matrix."""

    def make() -> Markup:
        found = filtered(page)
        if found.board.report is None or not found.shown:
            return Markup()
        rows: Sequence[Numbered] = found.shown
        return render(
            "risk_table.html",
            point=page.point,
            rows=rows,
            report=found.board.report,
            other=found.board.compared_with,
            change=_change(page, found.board),
            column=_column(page),
        )

    return page.kept("risk_table", make)
