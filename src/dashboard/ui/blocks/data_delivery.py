"""Data: one upload. How far it has come, what stands in the way, and the questions it has raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.contracts import CONTRACTS
from dashboard.domain.text import count_word, listing, number
from dashboard.intake.shapes import Severity
from dashboard.ui import visitor
from dashboard.ui.blocks.data_source import (
    FAULT,
    asking,
    chosen_upload,
)
from dashboard.ui.page import Page
from dashboard.ui.render import render
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import BUSY, Stage, Upload

if TYPE_CHECKING:
    from dashboard.intake.examination import Examination

DOING = {
    Stage.RECEIVING: "Filerna tas emot.",
    Stage.EXAMINING: "Filerna granskas.",
    Stage.LOADING: "Månaderna läses in.",
}


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
