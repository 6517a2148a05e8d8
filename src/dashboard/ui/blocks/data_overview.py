"""Data: which months are in, what the next one lacks, what has been loaded, and the templates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.domain.text import count_word, listing
from dashboard.measures.holdings import Holding, Holdings, State, due, holdings
from dashboard.snapshots.entries import Entry, EntryKind
from dashboard.ui import visitor
from dashboard.ui.blocks.cards import file_name
from dashboard.ui.blocks.data_source import (
    DATASET,
    ENTRY,
    MONTH,
    ORIGINS,
    UPLOAD,
    asking,
    chosen_month,
    day,
    moment,
    store,
    title_of,
)
from dashboard.ui.page import Page
from dashboard.ui.render import render
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import Stage, Upload, uploads
from dashboard.uploads.lineage import latest

MOST_LOGGED = 12
KINDS = {
    EntryKind.BASE: "Utgångsläge",
    EntryKind.LOAD: "Inläsning",
    EntryKind.UNDO: "Ångrad leverans",
}
STAGES = {
    Stage.RECEIVING: "tas emot",
    Stage.EXAMINING: "granskas",
    Stage.EXAMINED: "granskad",
    Stage.LOADING: "läses in",
    Stage.LOADED: "inläst",
}
WORDS = {State.HERE: "inne", State.LATE: "saknas", State.AWAITED: "väntas"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A month of a dataset in the matrix."""

    state: str
    word: str
    title: str
    href: str
    origin: str


@dataclass(frozen=True, slots=True)
class Check:
    """A line of a month's checklist."""

    title: str
    state: str
    word: str
    said: str
    href: str
    questions: int


@dataclass(frozen=True, slots=True)
class Logged:
    """A delivery as a line."""

    number: int
    kind: str
    when: str
    who: str
    files: str
    months: str
    href: str
    undone: int | None


def _held(page: Page) -> Holdings:
    return page.once(f"holdings {date.today()}", lambda: holdings(page.facts, date.today()))


def data_headline(page: Page) -> None:
    """Set the title: how far every dataset has come, and what the next month lacks."""
    page.lead = page.info.question
    held = _held(page)
    upcoming = held.next
    here = sum(1 for one in held.of(upcoming).values() if one.state is State.HERE)
    total, last = len(held.rows), upcoming.shift(-1)
    before = held.of(last)
    if not any(one.state is State.HERE for row in held.rows.values() for one in row):
        page.title = "Inga månader är inlästa än."
    elif here:
        count = count_word(here, common=True).capitalize()
        page.title = f"{count} av {count_word(total)} datamängder är inne för {upcoming.name}."
    elif before and all(one.state is State.HERE for one in before.values()):
        page.title = f"Alla {count_word(total)} datamängder är inne till och med {last.name}; {upcoming.name} är nästa."
    else:
        page.title = f"Ingen datamängd är inne för {upcoming.name}."


def data_matrix(page: Page) -> Markup:
    """Each dataset by month: in, late or awaited; real or made up."""
    held = _held(page)
    rows = [
        (title_of(name), _lineage(page, name, None), [_slot(page, one) for one in row])
        for name, row in held.rows.items()
    ]
    return render(
        "data_matrix.html",
        months=[
            (month, page.href("data", **{MONTH: str(month)}), month == _closing(page, held))
            for month in held.months
        ],
        rows=rows,
        file=file_name("data", str(held.months[-1])),
        note=f"Datamängder och månader\nUtskrivet {day(held.today)}",
    )


def _slot(page: Page, one: Holding) -> Slot:
    origin = one.origin.value if one.origin else ""
    if one.state is State.HERE and one.origin and one.known_from:
        title = f"{title_of(one.dataset)} {one.month.name}: {ORIGINS[one.origin]} {day(one.known_from)}"
        return Slot(
            one.state.value, ORIGINS[one.origin], title, _lineage(page, one.dataset, one.month), origin
        )
    limit = (
        f"skulle vara inne {day(due(one.month))}"
        if one.state is State.LATE
        else f"senast {day(due(one.month))}"
    )
    return Slot(
        one.state.value, WORDS[one.state], f"{title_of(one.dataset)} {one.month.name}: {limit}", "", origin
    )


def _lineage(page: Page, dataset: str, month: Month | None) -> str:
    return page.href("data", **{DATASET: dataset, MONTH: str(month) if month else None})


def _closing(page: Page, held: Holdings) -> Month:
    """The month whose checklist is shown: the one asked for, else the one being collected."""
    asked = chosen_month(page)
    return asked if asked in held.months else held.next


def month_checklist(page: Page) -> Markup:
    """What is left before a month can be closed: computed, nobody ticks it off."""
    held = _held(page)
    month = _closing(page, held)
    asked: Counter[str] = Counter()
    for upload in uploads().all():
        found = upload.answered
        if found is not None and upload.stage is not Stage.LOADED:
            asked.update(fault.key.split("/")[0] for fault in found.unanswered if f"/{month}/" in fault.key)
    checks = [_check(page, one, asked[name]) for name, one in held.of(month).items()]
    missing = [one.title for one in checks if one.state != State.HERE.value]
    questions = sum(asked.values())
    if not missing:
        said = f"{month.name.capitalize()} är komplett: alla {count_word(len(checks))} datamängder är inne."
    else:
        verb = "skulle ha varit inne" if held.today > due(month) else "ska vara inne senast"
        count = count_word(len(missing), common=True).capitalize()
        said = f"{count} av {count_word(len(checks))} saknas; de {verb} {day(due(month))}."
    if questions:
        said += f" {count_word(questions, common=True).capitalize()} {asking(questions)} väntar på svar."
    demo = any(one.state == State.HERE.value and "demo" in one.word for one in checks)
    return render(
        "data_month.html",
        month=month,
        checks=checks,
        said=said,
        done=not missing and not questions,
        demo=demo,
    )


def _check(page: Page, one: Holding, questions: int) -> Check:
    slot = _slot(page, one)
    said = (
        f"{slot.word} {day(one.known_from)}" if one.known_from else ""
    )  # when it was due stands above the list
    return Check(title_of(one.dataset), slot.state, slot.word, said, slot.href, questions)


def upload_card(page: Page) -> Markup:
    """Where files are put, or why they cannot be put here."""
    return render(
        "data_upload.html",
        allowed=visitor.may_load(),
        begin=addresses.BEGIN,
        key=gate.key() if visitor.may_load() else "",
        pending=[_pending(page, one) for one in uploads().all() if one.stage is not Stage.LOADED]
        if visitor.may_load()
        else [],
    )


def _pending(page: Page, upload: Upload) -> tuple[str, str, str]:
    names = listing([file.name for file in upload.files[:3]]) or "inga filer"
    more = f" och {len(upload.files) - 3} till" if len(upload.files) > 3 else ""
    found = upload.answered
    state = STAGES[upload.stage]
    if found is not None and upload.stage is Stage.EXAMINED:
        state = (
            f"{len(found.errors)} fel, {len(found.unanswered)} {asking(len(found.unanswered))} att svara på"
        )
    return (
        f"{names}{more}",
        f"{state}, {moment(upload.begun)}",
        page.href("data", **{UPLOAD: upload.id}),
    )


def template_card(page: Page) -> Markup:
    """The templates, for the month being collected."""
    month = str(_held(page).next)
    rows = [
        (title_of(name), addresses.template(name, "xlsx", month), addresses.template(name, "csv", month))
        for name in CONTRACTS
    ]
    return render(
        "data_templates.html",
        rows=rows,
        whole=addresses.template("alla", "xlsx", month),
        month=_held(page).next,
    )


def delivery_log(page: Page) -> Markup:
    """What has been loaded and undone, newest first."""
    entries = latest(store())
    undone = {entry.undoes: entry.number for entry in entries if entry.undoes}
    rows = [_logged(page, entry, undone.get(entry.number)) for entry in entries[:MOST_LOGGED]]
    demo = any(one.origin for row in _held(page).rows.values() for one in row)
    return render("data_log.html", rows=rows, more=max(len(entries) - MOST_LOGGED, 0), demo=demo)


def _logged(page: Page, entry: Entry, undone: int | None) -> Logged:
    if entry.kind is EntryKind.UNDO:
        files = f"ångrar leverans {entry.undoes}: {entry.reason}"
    else:
        files = listing([source.name for source in entry.sources]) or f"{len(entry.files)} månadsfiler"
    datasets = sorted({dataset for dataset, _ in entry.current}, key=list(CONTRACTS).index)
    months = sorted({month for _, month in entry.current})
    span = (
        f"{months[0].short}–{months[-1].short}" if len(months) > 1 else "".join(one.short for one in months)
    )
    names = (
        listing([title_of(name) for name in datasets])
        if len(datasets) < 6
        else f"{count_word(len(datasets))} datamängder"
    )
    what = f"{names}, {span}" if datasets else ""
    href = page.href("data", **{ENTRY: str(entry.number)})
    return Logged(
        entry.number, KINDS[entry.kind], moment(entry.known_from), entry.who, files, what, href, undone
    )
