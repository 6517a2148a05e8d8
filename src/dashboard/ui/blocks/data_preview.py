"""Data: what loading an upload would change, before and after, and the yes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.domain.text import count_word, number
from dashboard.snapshots.compare import CellChange
from dashboard.ui import visitor
from dashboard.ui.blocks.cards import file_name
from dashboard.ui.blocks.data_source import (
    ENTRY,
    asking,
    category_name,
    chosen_upload,
    column_name,
    store,
    title_of,
    unit_name,
    value_words,
)
from dashboard.ui.page import Page
from dashboard.ui.render import render
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import Stage

if TYPE_CHECKING:
    from dashboard.loading import MonthPreview

MOST_CELLS = 60  # shown for a month; the rest is counted
# By the words of ``loading.MonthChange``, which is not imported: numpy would come with it.
CHANGES = {"new": "ny", "revised": "ändrad", "source": "samma värden, nu inlästa", "unchanged": "oförändrad"}


@dataclass(frozen=True, slots=True)
class Moved:
    """A cell before and after, in words."""

    unit: str
    category: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MonthShown:
    key: str
    title: str
    month: str
    change: str
    look: str
    rows: int
    said: str
    cells: tuple[Moved, ...]
    more: int
    replaces_demo: bool


def delivery_preview(page: Page) -> Markup:
    """Month by month what is new, revised or as it was."""
    upload = chosen_upload(page) if visitor.may_load() else None
    if upload is None or upload.preview is None or upload.stage not in {Stage.EXAMINED, Stage.LOADED}:
        return Markup()
    found = upload.preview
    months = [_shown(page, one) for one in found.months]
    seen = [
        (one.name, one.entry, one.stands, page.href("data", **{ENTRY: str(one.entry)}))
        for one in found.seen
        if one.entry != upload.entry
    ]
    done = upload.stage is Stage.LOADED
    return render(
        "data_preview.html", months=months, seen=seen, done=done, file=file_name("andringar", upload.id[:6])
    )


def _shown(page: Page, one: MonthPreview) -> MonthShown:
    found, change = one.differences, one.change.value
    parts = [
        (found.new, "nya"),
        (found.revised, "ändrade"),
        (found.gone, "borttagna"),
        (found.same, "oförändrade"),
    ]
    told = ", ".join(f"{number(count)} {words}" for count, words in parts if count)
    cells = tuple(moved(page, one.dataset, cell) for cell in found.cells[:MOST_CELLS])
    return MonthShown(
        key=f"{one.dataset}-{one.month}",
        title=title_of(one.dataset),
        month=one.month.name,
        change=CHANGES[change],
        look=change,
        rows=one.rows,
        said=told,
        cells=cells,
        more=len(found.cells) - len(cells) + found.untold,
        replaces_demo=one.before is not None and _is_demo(one),
    )


def _is_demo(one: MonthPreview) -> bool:
    return one.before is not None and store().footer(one.before)["origin"] == "synthetic"


def moved(page: Page, dataset: str, cell: CellChange) -> Moved:
    """A changed cell with names instead of ids."""
    return Moved(
        unit_name(page, cell.unit),
        category_name(page, dataset, cell.category) if cell.category else "",
        column_name(dataset, cell.column),
        value_words(dataset, cell.column, cell.before),
        value_words(dataset, cell.column, cell.after),
    )


def delivery_load(page: Page) -> Markup:
    """The yes, or what stands in its way."""
    upload = chosen_upload(page) if visitor.may_load() else None
    found = upload.answered if upload is not None else None
    if upload is None or found is None or upload.stage is not Stage.EXAMINED:
        return Markup()
    changed = upload.preview.changed if upload.preview else ()
    moved_on = upload.preview is not None and upload.preview.after != store().log.count()
    return render(
        "data_load.html",
        ready=found.ready and bool(changed) and not moved_on,
        reasons=list(
            _reasons(len(found.errors) + found.untold, len(found.unanswered), bool(changed), moved_on)
        ),
        count=len(changed),
        words=count_word(len(changed), common=True),
        post=addresses.of(upload.id, "las-in"),
        again=addresses.of(upload.id, "granska"),
        moved_on=moved_on,
        key=gate.key(),
        who=upload.who,
    )


def _reasons(errors: int, questions: int, changes: bool, moved_on: bool) -> Iterable[str]:
    if errors:
        yield f"{number(errors)} fel måste rättas i filen. Rätta, spara och lämna den på nytt."
    if questions:
        yield f"{number(questions)} {asking(questions)} måste få svar."
    if not errors and not questions and not changes:
        yield "Leveransen ändrar inget: allt står redan så."
    if moved_on:
        yield "Lagret har fått en ny leverans sedan granskningen. Granska på nytt."
