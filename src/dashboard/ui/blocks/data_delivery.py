"""Data: one upload. What its files were taken to mean, what is wrong where, and what loading it would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.contracts import CONTRACTS
from dashboard.domain.text import count_word, listing, number
from dashboard.intake.shapes import Fault, Severity
from dashboard.ui import visitor
from dashboard.ui.blocks.cards import file_name
from dashboard.ui.blocks.data_source import (
    FAULT,
    asking,
    chosen_upload,
    column_name,
    size_words,
    title_of,
)
from dashboard.ui.page import Page
from dashboard.ui.render import render
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import BUSY, Stage, Upload
from dashboard.uploads.picture import Numbered, Picture, picture

if TYPE_CHECKING:
    from dashboard.intake.examination import Examination, Examined
    from dashboard.intake.sheet import Sheet

MOST_FAULTS = 60  # listed for a file; the copy with comments holds all that were told
DOING = {
    Stage.RECEIVING: "Filerna tas emot.",
    Stage.EXAMINING: "Filerna granskas.",
    Stage.LOADING: "Månaderna läses in.",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet and what it was taken to mean: ``pairs`` are the file's headers and our columns."""

    sheet: str
    title: str
    months: str
    rows: int
    header: int
    pairs: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]


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
    notes: tuple[str, ...]
    faults: tuple[Told, ...]
    more: int
    errors: int
    questions: int
    copy: str
    picture: Picture | None


def delivery_headline(page: Page) -> None:
    """Set the title: what stands in the way, or what is ready."""
    page.lead = "Granska, rätta, svara, läs in."
    upload = chosen_upload(page)
    if upload is None or not visitor.may_load():
        page.title = "Leveransen finns inte längre."
        page.lead = ""
    elif upload.stage in DOING:
        page.title = DOING[upload.stage]
    elif upload.stage is Stage.LOADED:
        page.title = (
            f"Inläst som leverans {upload.entry}." if upload.entry else "Inget nytt: allt var redan inläst."
        )
    elif upload.answered is None:
        page.title = "Granskningen avbröts."
    else:
        page.title = _standing(upload.answered)


def _standing(found: Examination) -> str:
    what = (
        listing(list(dict.fromkeys(table.month.name for table in found.tables)))
        if found.tables
        else "Leveransen"
    )
    errors, open_questions = len(found.errors) + found.untold, len(found.unanswered)
    parts = [f"{number(errors)} fel att rätta" if errors else ""]
    words = f"{count_word(open_questions, common=True)} {asking(open_questions)} att svara på"
    parts.append(words if open_questions else "")
    left = listing([part for part in parts if part])
    name = f"{what[:1].upper()}{what[1:]}"
    return f"{name}: {left}." if left else f"{name} kan läsas in."


def delivery_state(page: Page) -> Markup:
    """Where the upload stands, and what to do when it is gone, under way or done."""
    upload = chosen_upload(page) if visitor.may_load() else None
    back = page.query.href("data")
    if upload is None:
        return render("data_gone.html", back=back)
    found = upload.answered
    steps = _steps(upload, found)
    return render(
        "data_state.html",
        upload=upload,
        steps=steps,
        busy=upload.stage in BUSY,
        stage=addresses.of(upload.id, "lage"),
        again=addresses.of(upload.id, "granska"),
        drop=addresses.of(upload.id, "bort"),
        key=gate.key(),
        back=back,
        loaded=upload.stage is Stage.LOADED,
        entry=page.query.href("data", post=str(upload.entry)) if upload.entry else "",
        trends=page.href("trender"),
        found=found,
        datasets=[(name, contract.title) for name, contract in CONTRACTS.items()],
    )


def _steps(upload: Upload, found: Examination | None) -> list[tuple[str, str]]:
    """The way through, each with its state: done, now or later."""
    examined = found is not None
    clean = found is not None and not found.errors and not found.untold
    answered = clean and found is not None and not found.unanswered
    done = [bool(upload.files), examined, clean, answered, upload.stage is Stage.LOADED]
    words = ("Lämna filer", "Granska", "Rätta fel", "Svara på frågor", "Läs in")
    first = done.index(False) if False in done else len(done)
    return [
        (word, "done" if at < first else "now" if at == first else "later") for at, word in enumerate(words)
    ]


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
        "data_files.html", files=files, loose=loose, untold=found.untold, card=file_name("anmarkningar")
    )


def _file(
    page: Page, upload: Upload, place: int, file: Examined, faults: Sequence[Numbered], at: int
) -> FileShown:
    errors = sum(1 for _, fault in faults if fault.severity is Severity.ERROR)
    first = next((index for index, one in enumerate(faults) if one[0] == at), 0)
    start = max(0, min(first - MOST_FAULTS // 2, len(faults) - MOST_FAULTS))
    return FileShown(
        anchor=f"fil-{place + 1}",
        name=file.name,
        size=size_words(file.size),
        refused=file.refused,
        sheets=tuple(_read(sheet) for sheet in file.sheets),
        notes=file.notes,
        faults=tuple(_told(page, one, at) for one in faults[start : start + MOST_FAULTS]),
        more=max(len(faults) - MOST_FAULTS, 0),
        errors=errors,
        questions=len(faults) - errors,
        copy=addresses.copy_of(upload.id, place) if faults and not file.refused else "",
        picture=picture(file, faults, at),
    )


def _read(sheet: Sheet) -> Read:
    header = sheet.header
    places = {place: column for column, place in header.columns.items()}
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
        message=fault.message,
        href=href,
        here=at_number == at,
    )


def word(fault: Fault) -> str:
    return "Fel" if fault.severity is Severity.ERROR else "Fråga"


def delivery_questions(page: Page) -> Markup:
    """Each question with a field for the word that answers it."""
    upload = chosen_upload(page) if visitor.may_load() else None
    if upload is None or upload.examination is None or upload.stage is not Stage.EXAMINED:
        return Markup()
    found = upload.examination
    rows = [
        (
            at,
            fault,
            upload.answers.get(fault.key, ""),
            page.query.href("data", keep_own=True, **{FAULT: str(at)}),
        )
        for at, fault in enumerate(found.faults, 1)
        if fault.severity is Severity.QUESTION
    ]
    if not rows:
        return Markup()
    left = len(upload.answered.unanswered) if upload.answered else 0
    return render(
        "data_questions.html", rows=rows, left=left, post=addresses.of(upload.id, "svar"), key=gate.key()
    )
