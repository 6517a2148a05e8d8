"""The risk matrix: where the risks stand, how they moved, and whether the measures bite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain import risk as rules
from dashboard.domain.model import Colour, Report
from dashboard.domain.selection import Compare
from dashboard.domain.text import count_word, listing
from dashboard.measures import risks
from dashboard.measures.risks import Position, RiskBoard, RiskView
from dashboard.ui.blocks.goals import spoken
from dashboard.ui.filters import Option
from dashboard.ui.page import Page
from dashboard.ui.render import render

VALUE, CATEGORY, ALL = "varde", "kategori", "alla"
LEVELS = ("15", "20", "25")
OWN = (VALUE, CATEGORY)
COLOURS = (Colour.GREEN, Colour.YELLOW, Colour.RED)
_PLURAL = {Colour.GREEN: "gröna", Colour.YELLOW: "gula", Colour.RED: "röda"}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A risk with its number on the board, which filters do not change."""

    number: int
    view: RiskView


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


@dataclass(frozen=True, slots=True)
class Filtered:
    """The board's risks after the page's own filters; ``notices`` say what in the address has no effect."""

    board: RiskBoard
    shown: tuple[Numbered, ...]
    notices: tuple[str, ...]
    values: tuple[Option, ...]
    categories: tuple[Option, ...]


def _filtered(page: Page) -> Filtered:
    def make() -> Filtered:
        board = risks.board(page.facts, page.selection)
        notices: list[str] = []
        level, category = _level(page, notices), _category(page, notices)
        numbered = [Numbered(number, view) for number, view in enumerate(board.risks, 1)]
        shown = [
            one
            for one in numbered
            if one.view.now.value >= level and category in {ALL, one.view.category.lower()}
        ]
        words = ((ALL, "alla"), *((text, f"minst {text}" if text != "25" else "25") for text in LEVELS))
        values = tuple(Option("" if v == ALL else v, label, v == (str(level) if level else ALL)) for v, label in words)
        names = list(dict.fromkeys(view.category for view in board.risks))
        if category != ALL and category not in {name.lower() for name in names}:
            names.append(f"{category.capitalize()} (finns inte i rapporten)")
        categories = tuple(Option(n.lower().split(" (")[0], n, n.lower().split(" (")[0] == category) for n in names)
        return Filtered(
            board, tuple(shown), tuple(notices), values, (Option("", "alla", category == ALL), *categories)
        )

    return page.kept("filtered", make)


def _level(page: Page, notices: list[str]) -> int:
    said = page.query.own.get(VALUE, ALL)
    if said in LEVELS:
        return int(said)
    if said != ALL:
        notices.append(f"Riskvärdet ”{said[:40]}” går inte att välja. Välj 15, 20 eller 25. Visar alla risker.")
    return 0


def _category(page: Page, notices: list[str]) -> str:
    said = page.query.own.get(CATEGORY, ALL).lower()
    known = {row.category.lower() for row in page.facts.published.risks}
    if said in known or said == ALL:
        return said
    notices.append(f"Kategorin ”{said[:40]}” finns inte i någon rapport. Visar alla kategorier.")
    return ALL


def risk_headline(page: Page) -> None:
    """Title: the highest risk and its measures, and how many moved. Lead: how the measures are judged."""
    board = _filtered(page).board
    if board.report is None:
        page.title = f"Inga risker är rapporterade för {spoken(page.selection.period)}."
        return
    page.title = " ".join(part for part in (_highest(board), _moved(board)) if part)
    page.lead = f"{_measures(board)} {board.report.short}, gäller hela nämnden."


def _highest(board: RiskBoard) -> str:
    top = [view for view in board.risks if view.now.value == board.risks[0].now.value]
    names = listing([view.risk.short or view.risk.name for view in top])
    said = f"Högst är {names} med värdet {top[0].now.value}"
    colours = {view.status for view in top}
    if len(colours) == 1 and (colour := colours.pop()) in _PLURAL:
        return f"{said}, och åtgärderna är {_PLURAL[colour]}."
    return f"{said}."


def _moved(board: RiskBoard) -> str:
    other = board.compared_with
    if other is None or not any(view.before for view in board.risks):
        return ""
    total = count_word(len(board.risks))
    up = sum(1 for view in board.risks if (view.movement or 0) > 0)
    down = sum(1 for view in board.risks if (view.movement or 0) < 0)
    if not up and not down:
        return f"Ingen av {total} risker har ändrat värde sedan {other.short}."
    first, second = (up, "ökat"), (down, "minskat")
    if down > up:
        first, second = second, first
    rest = f"{count_word(second[0], common=True)} har {second[1]}" if second[0] else f"ingen har {second[1]}"
    said = f"{count_word(first[0], common=True).capitalize()} av {total} risker har {first[1]} sedan {other.short}"
    return f"{said}, {rest}."


def _measures(board: RiskBoard) -> str:
    counts = {colour: sum(1 for view in board.risks if view.status is colour) for colour in COLOURS}
    if not any(counts.values()):
        return "Åtgärdernas färger gick förlorade när rapporten blev text."
    parts = [f"{_PLURAL[one]} för {count_word(count, common=True)}" for one, count in counts.items() if count]
    return f"Åtgärderna är {listing(parts)} av {count_word(len(board.risks))} risker."


def risk_notices(page: Page) -> Markup:
    """What in the address has no effect, which report is shown, and that a unit has no risks of its own."""

    def make() -> Markup:
        found = _filtered(page)
        said = list(found.notices)
        report, chosen = found.board.report, page.selection.period
        if report and report.period != chosen:
            said.append(f"{chosen.label[:1].upper()}{chosen.label[1:]} har ingen egen riskrapport. Visar {report.short}, den senaste före.")
        if page.selection.unit != page.facts.catalogue.root:
            unit = page.facts.catalogue.unit(page.selection.unit)
            said.append(f"Riskerna gäller hela nämnden och delas inte upp på enheter; valet {unit.name} ändrar inget här.")
        first = risks.first_report(page.facts)
        link = (first.short, page.href("riskmatris", period=str(first.period))) if first else None
        return render("risk_notices.html", notices=said, board=found.board, link=link, chosen=spoken(chosen))

    return page.kept("risk_notices", make)


def risk_matrix(page: Page) -> Markup:
    """The five-by-five matrix with the filters."""

    def make() -> Markup:
        found = _filtered(page)
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
        found = _filtered(page)
        board = found.board
        if board.report is None:
            return Markup()
        return render(
            "risk_list.html",
            found=found,
            report=board.report,
            change=_change(page, board),
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


def _change(page: Page, board: RiskBoard) -> Callable[[RiskView], Change]:
    limit = page.facts.catalogue.thresholds.risk_reported

    def change(view: RiskView) -> Change:
        if page.selection.compare is Compare.TARGET:
            over = view.now.value - limit
            return Change("none", f"+{over}" if over else "0", f"{over} över gränsen {limit}")
        if board.compared_with is None:
            return Change("none", "", "jämförs inte")
        if view.before is None:
            return Change("new", "ny", f"ny sedan {board.compared_with.short}")
        if not view.movement:
            return Change("same", "oförändrad", f"oförändrad sedan {board.compared_with.short}")
        kind, arrow, word = ("up", "↑", "ökat") if view.movement > 0 else ("down", "↓", "minskat")
        mark = f"{arrow} från {view.before.value}"
        return Change(kind, mark, f"har {word} från {view.before.value} sedan {board.compared_with.short}")

    return change


def risk_cards(page: Page) -> Markup:
    """One card per risk: value, measures with their status, comment, flags and history."""

    def make() -> Markup:
        found = _filtered(page)
        if found.board.report is None or not found.shown:
            return Markup()
        return render(
            "risk_cards.html",
            found=found,
            report=found.board.report,
            reports=page.facts.catalogue.reports,
            change=_change(page, found.board),
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
        found = _filtered(page)
        if found.board.report is None:
            return Markup()
        rows: Sequence[Numbered] = found.shown
        return render(
            "risk_table.html",
            rows=rows,
            report=found.board.report,
            other=found.board.compared_with,
            change=_change(page, found.board),
        )

    return page.kept("risk_table", make)
