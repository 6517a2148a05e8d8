"""The indicators over time: which of them each report follows, with what result, and what changed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.model import Colour
from dashboard.domain.text import count_word, quantity
from dashboard.measures.indicator_life import Change, Life, Lives, Mark, Sign, indicator_lives
from dashboard.measures.wording import Edit, Words
from dashboard.published import Figure
from dashboard.ui.blocks.goal_history import Places, places
from dashboard.ui.page import Page
from dashboard.ui.render import render

CHANGE_WORDS = {
    Change.INTRODUCED: "ny",
    Change.RETURNED: "åter",
    Change.REWORDED: "ny text",
    Change.TARGET: "nytt mål",
    Change.DROPPED: "inte med längre",
}
SIGN_WORDS = {
    Sign.COLOUR: "bara färg",
    Sign.NOTHING: "inget utfall redovisat",
    Sign.NUMBER: "bara som tal i texten",
    Sign.ABSENT: "",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark on screen: the colour where one was printed, the result, and what it came with.

    ``number`` is set where the report has the number without following the indicator. ``value`` is the whole cell in
    words, for a spreadsheet; ``remark`` what a row's note says to readers; ``places`` the lines it rests on.
    """

    mark: Mark
    colour: Colour | None
    number: str
    result: str
    value: str
    remark: str
    words: tuple[Words, ...]
    places: Places


@dataclass(frozen=True, slots=True)
class Row:
    life: Life
    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...]


def indicator_life(page: Page) -> Markup:
    """A table with a row per indicator and a column per report, those that are still followed first."""

    def make() -> Markup:
        lives = indicator_lives(page.facts)
        sections = _sections(page, lives)
        return render(
            "indicator_life.html",
            reports=lives.reports,
            sentence=_sentence(lives),
            sections=sections,
            change_word=CHANGE_WORDS.__getitem__,
            readable=lambda words: any(run.edit is Edit.KEPT for run in words),
            of_report=lambda number: lives.counts(number)[0],
            texts=page.facts.catalogue.texts,
            unknown=any(c.colour is Colour.UNKNOWN for s in sections for r in s.rows for c in r.cells),
        )

    return page.kept("indicator_life", make)


def _sentence(lives: Lives) -> str:
    """``Tertial 2 2025 följer 31 indikatorer. Sex av dem fanns i Delår 2 2024, 25 är nya och tio är borta.``"""
    if len(lives.reports) < 2:
        return ""
    before, after = lives.reports[-2:]
    followed, new, dropped = lives.counts(len(lives.reports) - 1)
    stayed = count_word(followed - new, common=True)
    gone = count_word(dropped, common=True)
    return (
        f"{after.short} följer {followed} indikatorer. {stayed[:1].upper()}{stayed[1:]} av dem fanns i {before.short}, "
        f"{count_word(new, common=True)} är {'ny' if new == 1 else 'nya'} och {gone} är inte med längre."
    )


def _sections(page: Page, lives: Lives) -> list[Section]:
    """Still followed, new in the last report, and no longer followed."""
    if not lives.reports:
        return []
    last = lives.reports[-1]
    groups: dict[str, list[Row]] = {
        f"Följs i {last.short} och tidigare": [],
        f"Nya i {last.short}": [],
        f"Inte med i {last.short}": [],
    }
    followed, new, gone = groups.values()
    for life in lives.lives:
        row = _row(page, life)
        if not life.last.followed:
            gone.append(row)
        elif Change.INTRODUCED in life.last.changes:
            new.append(row)
        else:
            followed.append(row)
    return [Section(title, tuple(rows)) for title, rows in groups.items() if rows]


def _row(page: Page, life: Life) -> Row:
    latest = next(mark for mark in reversed(life.marks) if mark.followed)
    known = life.indicator in page.facts.catalogue.indicators
    href = page.href("trender", matt=life.indicator) if known else ""
    return Row(life, latest.label, href, tuple(_cell(page, mark) for mark in life.marks))


def _cell(page: Page, mark: Mark) -> Cell:
    judged = {row.colour for row in mark.rows if row.colour is not Colour.NOT_ASSESSED}
    colour = judged.pop() if len(judged) == 1 and mark.sign is not Sign.NOTHING else None
    result = _result(mark) if mark.sign is Sign.OUTCOME else SIGN_WORDS[mark.sign]
    if mark.sign is Sign.COLOUR and colour is not None:
        result = ""  # the colour says it itself
    number = _number(mark.figures[-1]) if mark.sign is Sign.NUMBER else ""
    changes = (CHANGE_WORDS[change] for change in mark.changes)
    value = "; ".join(part for part in (number, result, *changes) if part)
    return Cell(
        mark,
        colour,
        number,
        result,
        value,
        _remark(mark),
        mark.words,
        places(page, mark.rows or mark.figures),
    )


def _result(mark: Mark) -> str:
    """The printed result; the numbers where the row prints none; one for each goal that follows the indicator."""
    printed = [row.outcome for row in mark.rows if row.outcome]
    return " · ".join(printed or dict.fromkeys(_number(figure) for figure in mark.figures))


def _number(figure: Figure) -> str:
    decimals = -int(figure.value.as_tuple().exponent)
    return f"{figure.qualifier} {quantity(figure.value, figure.unit, decimals)}".strip()


def _remark(mark: Mark) -> str:
    return next((row.note for row in mark.rows if mark.sign is Sign.NOTHING and row.note), "")
