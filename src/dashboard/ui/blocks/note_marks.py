"""People's own notes on a measure as marks on its charts, as a column of its tables and as a list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from dashboard.charts import OwnNote
from dashboard.domain.periods import Month
from dashboard.measures.trend import Trend
from dashboard.notes import Note
from dashboard.ui.blocks.cards import Cell, ListedNote, Table
from dashboard.ui.page import Page

HEAD = "Egen anteckning"
Place = Callable[[Month], int | None]


def letter_of(at: int) -> str:
    """``a`` to ``z``, then ``aa``: the letters go with the notes in order of time, whatever part a chart shows."""
    return (letter_of(at // 26 - 1) if at >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[at % 26]


def marks(found: Trend, place: Place, unit: str = "") -> tuple[OwnNote, ...]:
    """The marks of a chart. ``place`` says where a month stands, None when it does not; with ``unit`` only its own
    notes and those on all units.
    """
    return tuple(
        OwnNote(where, letter, f"{_when(note)}: {note.draft.text} ({signed(note)})")
        for letter, note in _of(found, unit)
        if (where := place(note.month)) is not None
    )


def on_months(found: Trend, unit: str = "", months: Sequence[Month] = ()) -> tuple[OwnNote, ...]:
    """The marks of a chart over ``months``, the trend's own unless given."""
    places = {month: at for at, month in enumerate(months or found.months)}
    return marks(found, places.get, unit)


def listed(page: Page, found: Trend, months: Collection[Month]) -> tuple[ListedNote, ...]:
    """Every note on the measure and the units, the newest last; those outside ``months`` have no letter."""
    return tuple(
        ListedNote(
            note.number,
            letter_of(at) if note.month in months else "",
            _when(note),
            note.draft.text,
            _about(page, note),
            signed(note),
        )
        for at, note in enumerate(found.notes)
    )


def with_notes(
    page: Page, table: Table, found: Trend, *, unit: str = "", row_of: Callable[[Month], str] = str
) -> Table:
    """The table with the notes in a column of their own, when there are any for its rows.

    ``row_of`` says what the head of a month's row holds. Each cell begins with the letter: no word of a note can be
    taken for a formula.
    """
    told: dict[str, list[str]] = {}
    for letter, note in _of(found, unit):
        words = f"{letter}. {_when(note)}, {_about(page, note)}: {note.draft.text} ({signed(note)})"
        told.setdefault(row_of(note.month), []).append(words)
    keys = [row[0].text if row[0].value is None else row[0].value for row in table.rows]
    if not told.keys() & set(keys):
        return table
    rows = tuple(
        (*row, Cell(" / ".join(told.get(key, ())), look="own-words"))
        for row, key in zip(table.rows, keys, strict=True)
    )
    return replace(table, heads=(*table.heads, (HEAD, False)), rows=rows)


def _of(found: Trend, unit: str) -> list[tuple[str, Note]]:
    """The notes with their letters; of a ``unit`` those that are not about another of the trend's units."""
    others = {line.unit.id for line in found.lines if unit and line.unit.id != unit}
    return [(letter_of(at), one) for at, one in enumerate(found.notes) if one.draft.unit not in others]


def signed(note: Note) -> str:
    return f"{note.draft.who}, skriven {note.written:%Y-%m-%d}"


def _when(note: Note) -> str:
    return note.draft.period.label


def _about(page: Page, note: Note) -> str:
    unit = page.facts.catalogue.units.get(note.draft.unit or "")
    return unit.short if unit else note.draft.unit or "alla enheter"
