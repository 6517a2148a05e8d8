"""Data: the files of an upload. What each was taken to mean, and its faults as a list and on a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.intake.shapes import Fault, Severity
from dashboard.ui import visitor
from dashboard.ui.blocks.cards import file_name
from dashboard.ui.blocks.data_sheets import Read, Unread, is_reused, sheets_shown
from dashboard.ui.blocks.data_source import (
    FAULT,
    chosen_upload,
    column_name,
    size_words,
)
from dashboard.ui.page import Page
from dashboard.ui.render import render
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import BUSY, Stage, Upload
from dashboard.uploads.picture import Numbered, Picture, picture

if TYPE_CHECKING:
    from dashboard.intake.examination import Examined

MOST_FAULTS = 60  # listed for a file; the copy with comments holds all that were told


@dataclass(frozen=True, slots=True)
class Told:
    """A fault as a line."""

    number: int
    word: str
    look: str
    sheet: str
    place: str
    column: str
    value: str
    expected: str
    message: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class FileShown:
    anchor: str
    name: str
    size: str
    refused: str
    sheets: tuple[Read, ...]
    unread: tuple[Unread, ...]
    afresh: bool
    reused: bool
    notes: tuple[str, ...]
    faults: tuple[Told, ...]
    more: int
    errors: int
    questions: int
    copy: str
    picture: Picture | None


def delivery_files(page: Page) -> Markup:
    """Each file: what it was taken to mean, its faults as a list and on a picture of the sheet."""
    upload = chosen_upload(page) if visitor.may_load() else None
    if upload is None or upload.examination is None or upload.stage in BUSY:
        return Markup()
    found = upload.examination
    numbered = list(enumerate(found.faults, 1))
    asked = page.query.own.get(FAULT, "")
    at = int(asked) if asked.isdigit() and len(asked) < 6 else 0
    files = [
        _file(page, upload, place, file, [one for one in numbered if one[1].file == file.name], at)
        for place, file in enumerate(found.files)
    ]
    # A file with the same bytes as another is not examined a second time, and has its fault all the same.
    known = {file.name for file in found.files}
    loose = [_told(page, one, at) for one in numbered if one[1].file not in known]
    return render(
        "data_files.html",
        files=files,
        loose=loose,
        untold=found.untold,
        card=file_name("anmarkningar"),
        open=upload.stage is Stage.EXAMINED,
        post=addresses.of(upload.id, "granska"),
        key=gate.key(),
    )


def _file(
    page: Page, upload: Upload, place: int, file: Examined, faults: Sequence[Numbered], at: int
) -> FileShown:
    errors = sum(1 for _, fault in faults if fault.severity is Severity.ERROR)
    first = next((index for index, one in enumerate(faults) if one[0] == at), 0)
    read, unread = sheets_shown(page, upload, place, file, [fault for _, fault in faults])
    start = max(0, min(first - MOST_FAULTS // 2, len(faults) - MOST_FAULTS))
    return FileShown(
        anchor=f"fil-{place + 1}",
        name=file.name,
        size=size_words(file.size),
        refused=file.refused,
        sheets=read,
        unread=unread,
        afresh=file.name in upload.afresh,
        reused=any(is_reused(upload, sheet) for sheet in file.sheets),
        notes=file.notes,
        faults=tuple(_told(page, one, at) for one in faults[start : start + MOST_FAULTS]),
        more=max(len(faults) - MOST_FAULTS, 0),
        errors=errors,
        questions=len(faults) - errors,
        copy=addresses.copy_of(upload.id, place) if faults and not file.refused else "",
        picture=picture(file, faults, at),
    )


def _told(page: Page, one: Numbered, at: int) -> Told:
    at_number, fault = one
    href = ""
    if fault.row:
        href = page.query.href("data", keep_own=True, **{FAULT: str(at_number)})
    return Told(
        number=at_number,
        word=word(fault),
        look=fault.severity.value,
        sheet=fault.sheet,
        place=fault.cell or ("hela bladet" if fault.sheet else "hela filen"),
        column=column_name(fault.dataset, fault.column) if fault.dataset else "",
        value=fault.value,
        expected=fault.expected,
        message=fault.wrong,
        href=href,
        here=at_number == at,
    )


def word(fault: Fault) -> str:
    return "Fel" if fault.severity is Severity.ERROR else "Fråga"
