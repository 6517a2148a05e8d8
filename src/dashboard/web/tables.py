"""The tables of a finished page, card by card, as the browser finds them: what is saved is what is shown.

A card is an element with ``data-card``; its name is its heading's id without ``h-``, or its own id. Its tables are
those marked ``data-export``. A cell may carry ``data-value``: what a spreadsheet gets when it differs from the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# What stands in a cell to be looked at or opened, and is no part of its value.
BESIDE = frozenset({"pop-body", "sr"})
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(slots=True)
class Cell:
    """``numeric``: the page sets it as a number. ``span``: how many columns it takes."""

    text: str = ""
    value: str | None = None
    numeric: bool = False
    span: int = 1


@dataclass(slots=True)
class Row:
    cells: list[Cell] = field(default_factory=list)
    head: bool = False


@dataclass(slots=True)
class Card:
    """``notes`` are the lines that the card says of itself; ``rows`` those of all its tables."""

    key: str
    title: str = ""
    file: str = ""
    notes: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)


def card_of(html: str, key: str) -> Card | None:
    """The card with that name; None when the page has none, or it holds no table."""
    reader = _Reader(key)
    reader.feed(html)
    reader.close()
    found = reader.card
    if found is None or not found.rows:
        return None
    found.title = " ".join(found.title.split()) or (found.notes[0] if found.notes else found.key)
    found.rows = _one_list(found.rows)
    return found


def _one_list(rows: list[Row]) -> list[Row]:
    """Several tables of one kind are one list: a head that has been said is not said again."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for row in rows:
        words = tuple(cell.text for cell in row.cells)
        if not row.cells or (row.head and words in seen):
            continue
        if row.head:
            seen.add(words)
        kept.append(row)
    return kept


class _Reader(HTMLParser):
    """Reads one card and leaves the rest of the page alone."""

    def __init__(self, key: str) -> None:
        super().__init__(convert_charrefs=True)
        self.card: Card | None = None
        self._key = key
        self._open: list[tuple[str, str]] = []  # elements inside the card: the tag and what it is to us
        self._row: Row | None = None
        self._cell: Cell | None = None
        self._titled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if not self._open:
            if self.card is None and "data-card" in known and self._key == _name(known):
                notes = tuple(line for line in known.get("data-note", "").split("\n") if line.strip())
                self.card = Card(self._key, file=known.get("data-file", ""), notes=notes)
                self._open.append((tag, "card"))
            return
        if tag in VOID:
            self._say(" ")
            return
        self._open.append((tag, self._role(tag, known)))

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self._open):
            return
        while self._open:
            name, role = self._open.pop()
            self._close(role)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self._say(data)

    def _role(self, tag: str, known: dict[str, str]) -> str:
        roles = [role for _, role in self._open]
        if "table" not in roles:
            if tag in {"h2", "h3"} and not self._titled:
                return "title"
            return "table" if tag == "table" and "data-export" in known else ""
        if tag == "thead":
            return "head"
        if tag == "tr":
            self._row = Row(head="head" in roles)
            return "row"
        if tag in {"td", "th"} and self._row is not None:
            look = known.get("class", "").split()
            span = known.get("colspan", "1")
            self._cell = Cell(
                value=known.get("data-value"), numeric="n" in look, span=int(span) if span.isdigit() else 1
            )
            return "cell"
        hidden = known.get("aria-hidden") == "true" or bool(BESIDE & set(known.get("class", "").split()))
        return "beside" if hidden else ""

    def _say(self, text: str) -> None:
        roles = [role for _, role in self._open]
        if "beside" in roles:
            return
        if self._cell is not None:
            self._cell.text += text
        elif "title" in roles and self.card is not None:
            self.card.title += text

    def _close(self, role: str) -> None:
        if role == "title":
            self._titled = True
        elif role == "cell" and self._cell is not None and self._row is not None:
            self._cell.text = " ".join(self._cell.text.split())
            self._row.cells.append(self._cell)
            self._cell = None
        elif role == "row" and self._row is not None and self.card is not None:
            self.card.rows.append(self._row)
            self._row = None


def _name(known: dict[str, str]) -> str:
    return known.get("aria-labelledby", "").removeprefix("h-") or known.get("id", "")
