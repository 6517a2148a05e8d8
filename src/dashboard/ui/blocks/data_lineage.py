"""Data: what a month stands on and feeds, and one delivery of the log with everything kept about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.contracts import CONTRACTS
from dashboard.domain.text import count_word, listing, number
from dashboard.measures.holdings import fed_by
from dashboard.snapshots.entries import Answer, Entry, EntryKind
from dashboard.ui import visitor
from dashboard.ui.blocks.data_mapping import meanings
from dashboard.ui.blocks.data_overview import KINDS
from dashboard.ui.blocks.data_source import (
    DATASET,
    ENTRY,
    MONTH,
    ORIGINS,
    SINCE,
    UNTIL,
    chosen_month,
    moment,
    store,
    title_of,
)
from dashboard.ui.page import Page
from dashboard.ui.render import render
from dashboard.uploads import addresses, gate
from dashboard.uploads.lineage import Version, versions

STEPS = {"form": "Form", "rimlighet": "Rimlighet", "historik": "Mot historiken"}


@dataclass(frozen=True, slots=True)
class Held:
    """A version in words."""

    when: str
    state: str
    origin: str
    word: str
    source: str
    sha256: str
    who: str
    rows: int
    file: str
    checks: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    entry: str
    entry_href: str


def _asked(page: Page) -> str:
    """The dataset of the address; empty when there is none such."""
    name = page.query.own.get(DATASET, "")
    return name if name in CONTRACTS else ""


def lineage_headline(page: Page) -> None:
    """Set the title: the dataset, and what its month rests on."""
    dataset, month = _asked(page), chosen_month(page)
    page.lead = "Vad siffrorna vilar på, och vilka mått de blir."
    if not dataset:
        page.title = "Datamängden finns inte."
    elif month is None:
        page.title = f"{title_of(dataset)}: välj en månad."
    else:
        page.title = f"{title_of(dataset)}, {month.name}, och vad den vilar på."


def lineage_card(page: Page) -> Markup:
    """Every file that has held the month, newest first."""
    dataset, month = _asked(page), chosen_month(page)
    back = page.query.href("data")
    if not dataset or month is None:
        return render("data_lineage.html", title="", month="", held=[], back=back)
    found = versions(store(), dataset, month)
    held = [_held(page, one) for one in found]
    return render("data_lineage.html", title=title_of(dataset), month=month.name, held=held, back=back)


def _held(page: Page, one: Version) -> Held:
    if one.effective:
        state = "gäller nu"
    elif one.undone:
        state = f"ångrad av leverans {one.undone}"
    else:
        state = "ersatt"
    return Held(
        when=moment(one.loaded_at),
        state=state,
        origin=one.origin.value,
        word=ORIGINS[one.origin],
        source=one.source,
        sha256=one.source_sha256,
        who=one.who,
        rows=one.rows,
        file=one.file.name,
        checks=_checks(one.checks),
        answers=one.answers,
        entry=f"leverans {one.entry}" if one.entry else "",
        entry_href=page.href("data", **{ENTRY: str(one.entry)}) if one.entry else "",
    )


def _checks(checks: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The three steps; questions stand with their answers."""
    return tuple((STEPS[step], said) for step, said in checks.items() if step in STEPS)


def lineage_feeds(page: Page) -> Markup:
    """The measures that the dataset becomes, each with its definition and its trend."""
    dataset = _asked(page)
    if not dataset:
        return Markup()
    fed = fed_by(page.facts, dataset)
    rows = [(one.name, one.question, page.href("trender", matt=one.id)) for one in fed if not one.part_of]
    said = f"{title_of(dataset)} blir {count_word(len(rows))} mått" if rows else ""
    parts = sum(1 for one in fed if one.part_of)
    if parts:
        said += f" och {number(parts)} delar av dem"
    return render("data_feeds.html", rows=rows, said=f"{said}." if said else "", dataset=dataset)


def _entry(page: Page) -> Entry | None:
    text = page.query.own.get(ENTRY, "")
    log = store().log
    if not (text.isascii() and text.isdigit() and len(text) < 7 and 0 < int(text) <= log.count()):
        return None
    return log.read(int(text))


def entry_headline(page: Page) -> None:
    """Set the title: what the delivery was, and when."""
    entry = _entry(page)
    page.lead = ""
    page.title = (
        f"{KINDS[entry.kind]} {entry.number}, {moment(entry.known_from)}."
        if entry
        else "Leveransen finns inte."
    )


def entry_card(page: Page) -> Markup:
    """A delivery: its files, what it changed, what was asked and answered; and how to undo it."""
    entry = _entry(page)
    back = page.query.href("data")
    if entry is None:
        return render("data_entry.html", entry=None, back=back)
    by_dataset: dict[str, list[tuple[str, str, bool]]] = {}
    order = list(CONTRACTS).index
    for (dataset, month), file in sorted(
        entry.current.items(), key=lambda one: (order(one[0][0]), one[0][1])
    ):
        href = page.href("data", **{DATASET: dataset, MONTH: str(month)})
        by_dataset.setdefault(title_of(dataset), []).append((month.short, href, file is None))
    allowed = visitor.may_load()
    count = store().log.count()
    return render(
        "data_entry.html",
        entry=entry,
        kind=KINDS[entry.kind],
        when=moment(entry.known_from),
        datasets=by_dataset,
        confirmed=listing([f"{title_of(dataset)} {month.short}" for dataset, month in entry.confirmed]),
        undoable=allowed and entry.kind is not EntryKind.BASE,
        post=addresses.undoing(entry.number),
        meanings=meanings(page, entry.mappings),
        key=gate.key() if allowed else "",
        changed=page.href("data", **{SINCE: str(entry.number - 1), UNTIL: str(entry.number)})
        if entry.number > 1
        else "",
        since=page.href("data", **{SINCE: str(entry.number)}) if entry.number < count else "",
        undoes=page.href("data", **{ENTRY: str(entry.undoes)}) if entry.undoes else "",
        back=back,
    )
