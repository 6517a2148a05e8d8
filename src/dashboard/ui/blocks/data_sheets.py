"""Data: the sheets of an upload. What each was taken to mean, by what, and what somebody could say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.domain.text import count_word, listing
from dashboard.intake.shapes import Fault
from dashboard.intake.vocabulary import vocabulary
from dashboard.ui.blocks.data_source import (
    ENTRY,
    EXPLAIN,
    UPLOAD,
    column_name,
    day,
    store,
    title_of,
)
from dashboard.ui.page import Page
from dashboard.uploads.kept import Upload

if TYPE_CHECKING:
    from dashboard.intake.examination import Examined
    from dashboard.intake.sheet import Sheet

_RECENT = "Läst som angavs för avsändarens förra fil, som inte har lästs in än."


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet and what it was taken to mean: ``pairs`` are the file's headers and our columns.

    ``explain`` is where somebody can say what it means, ``lacks`` why they should. ``last`` is the delivery that it
    was read as (0: none), ``told`` that somebody has said what it means.
    """

    sheet: str
    title: str
    months: str
    rows: int
    header: int
    pairs: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]
    explain: str
    lacks: str
    told: str
    last: int
    last_day: str
    last_href: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A sheet in which no header is known."""

    sheet: str
    explain: str


def sheets_shown(
    page: Page, upload: Upload, place: int, file: Examined, faults: Sequence[Fault]
) -> tuple[tuple[Read, ...], tuple[Unread, ...]]:
    """The sheets that were read and those that were not, each with the way to say what it means."""
    from dashboard.intake.draft import sheets_of  # numpy comes with it

    explain = {
        name: page.query.href("data", keep_own=False, **{UPLOAD: upload.id, EXPLAIN: f"{place + 1}.{number}"})
        for number, name in enumerate(sheets_of(file), 1)
    }
    read = tuple(_read(page, upload, sheet, explain.get(sheet.name, ""), faults) for sheet in file.sheets)
    here = {sheet.name for sheet in file.sheets}
    return read, tuple(Unread(name, href) for name, href in explain.items() if name not in here)


def _read(page: Page, upload: Upload, sheet: Sheet, explain: str, faults: Sequence[Fault]) -> Read:
    header = sheet.header
    places = {place: column for column, place in header.columns.items()}
    last = header.saved.entry if header.saved is not None else 0
    months = sorted(set(sheet.table["month"].to_pylist()) - {None})
    shown = listing([f"{one:%Y}-{one:%m}" for one in months[:3]]) if months else "okänd månad"
    return Read(
        sheet=sheet.name,
        title=title_of(sheet.dataset),
        months=f"{shown} med flera" if len(months) > 3 else shown,
        rows=sheet.table.num_rows,
        header=header.row,
        pairs=tuple(
            (text, column_name(sheet.dataset, places[place]))
            for place, text in header.texts.items()
            if place in places
        ),
        ignored=tuple(header.texts[place] for place in header.ignored if header.texts.get(place)),
        notes=sheet.notes,
        explain=explain,
        lacks=_lacks(sheet, faults),
        told=_told_by(upload, sheet),
        last=last,
        last_day=_day_of(last),
        last_href=page.href("data", **{ENTRY: str(last)}) if last else "",
    )


def is_reused(upload: Upload, sheet: Sheet) -> bool:
    """Read as the sender's file before was, and not as somebody has said of this one."""
    return sheet.header.saved is not None and (sheet.file, sheet.name) not in upload.mappings


def _told_by(upload: Upload, sheet: Sheet) -> str:
    """Where it was said what the sheet means, when that was not by a delivery."""
    if (sheet.file, sheet.name) in upload.mappings:
        return "Läst som du har angett."
    return _RECENT if is_reused(upload, sheet) else ""


def _day_of(entry: int) -> str:
    return day(store().log.read(entry).known_from) if entry else ""


def _lacks(sheet: Sheet, faults: Sequence[Fault]) -> str:
    """What somebody could say that the file does not: a column, or the meaning of a word."""
    from dashboard.intake.draft import unknown_words

    label = vocabulary(sheet.dataset).label
    columns = [label(name) for name in sheet.header.missing]
    words = len(unknown_words(sheet.file, sheet.name, sheet.contract, faults))
    parts = [f"{listing(columns)} saknas bland rubrikerna" if columns else ""]
    doubled = list(dict.fromkeys(label(name) for name, _ in sheet.header.twice))
    parts.append(f"flera rubriker betyder {listing(doubled)}" if doubled else "")
    parts.append(f"{count_word(words)} ord är okända" if words > 1 else "ett ord är okänt" if words else "")
    said = listing([part for part in parts if part])
    return f"{said[:1].upper()}{said[1:]}." if said else ""
