"""What of the risks is shown: the page's own filters, what they mean in words, and the page's headline."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.model import Colour
from dashboard.domain.selection import Compare
from dashboard.domain.text import count_word, listing
from dashboard.measures import risks
from dashboard.measures.risks import RiskBoard, RiskView
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
class Filtered:
    """The board's risks after the page's own filters; ``notices`` say what in the address has no effect."""

    board: RiskBoard
    shown: tuple[Numbered, ...]
    notices: tuple[str, ...]
    values: tuple[Option, ...]
    categories: tuple[Option, ...]


def filtered(page: Page) -> Filtered:
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
        values = tuple(
            Option("" if v == ALL else v, label, v == (str(level) if level else ALL)) for v, label in words
        )
        names = list(dict.fromkeys(view.category for view in board.risks))
        if category != ALL and category not in {name.lower() for name in names}:
            names.append(f"{category.capitalize()} (finns inte i rapporten)")
        categories = tuple(
            Option(n.lower().split(" (")[0], n, n.lower().split(" (")[0] == category) for n in names
        )
        return Filtered(
            board, tuple(shown), tuple(notices), values, (Option("", "alla", category == ALL), *categories)
        )

    return page.kept("filtered", make)


def _level(page: Page, notices: list[str]) -> int:
    said = page.query.own.get(VALUE, ALL)
    if said in LEVELS:
        return int(said)
    if said != ALL:
        notices.append(
            f"Riskvärdet ”{said[:40]}” går inte att välja. Välj 15, 20 eller 25. Visar alla risker."
        )
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
    board = filtered(page).board
    if board.report is None:
        page.title = f"Inga risker är rapporterade för {spoken(page.selection.period)}."
        return
    page.title = " ".join(part for part in (_highest(board), _moved(board)) if part)
    page.lead = f"{_measures(board)} {board.report.short}, gäller hela nämnden{_basis(page, board)}."


def _basis(page: Page, board: RiskBoard) -> str:
    """Which report the movements are counted from, and why that one."""
    other = board.compared_with
    if other is None:
        return ""
    why = "rapporten före" if page.selection.compare is Compare.PREVIOUS else "samma period förra året"
    return f"; rörelsen räknas från {other.short}, {why}"


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
    said = f"{count_word(first[0], common=True).capitalize()} av {total} risker har {first[1]}"
    return f"{said} sedan {other.short}, {rest}."


def _measures(board: RiskBoard) -> str:
    counts = {colour: sum(1 for view in board.risks if view.status is colour) for colour in COLOURS}
    if not any(counts.values()):
        return "Åtgärdernas färger gick förlorade när rapporten blev text."
    parts = [f"{_PLURAL[one]} för {count_word(count, common=True)}" for one, count in counts.items() if count]
    return f"Åtgärderna är {listing(parts)} av {count_word(len(board.risks))} risker."


def risk_notices(page: Page) -> Markup:
    """What in the address has no effect, which report is shown, and that a unit has no risks of its own."""

    def make() -> Markup:
        found = filtered(page)
        said = list(found.notices)
        report, chosen = found.board.report, page.selection.period
        if report and report.period != chosen:
            name = spoken(chosen)
            own = f"{name[:1].upper()}{name[1:]} har ingen egen riskrapport."
            said.append(f"{own} Visar {report.short}, den senaste före.")
        if page.selection.unit != page.facts.catalogue.root:
            unit = page.facts.catalogue.unit(page.selection.unit)
            whole = "Riskerna gäller hela nämnden och delas inte upp på enheter"
            said.append(f"{whole}; valet {unit.name} ändrar inget här.")
        first = risks.first_report(page.facts)
        link = (first.short, page.href("riskmatris", period=str(first.period))) if first else None
        return render("risk_notices.html", notices=said, board=found.board, link=link, chosen=spoken(chosen))

    return page.kept("risk_notices", make)
