"""Data: a person says what a sheet means, and what the sheets of a delivery were taken to mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.contracts import CONTRACTS, Contract
from dashboard.domain.text import listing
from dashboard.errors import IntakeError
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.names import Names
from dashboard.intake.vocabulary import YEAR, vocabulary
from dashboard.ui import visitor
from dashboard.ui.blocks.data_source import (
    DATASET,
    EXPLAIN,
    ROW,
    UPLOAD,
    category_name,
    chosen_upload,
    column_name,
    title_of,
)
from dashboard.ui.page import Page
from dashboard.ui.render import render
from dashboard.uploads import addresses, gate, mappings
from dashboard.uploads.kept import Stage, Upload

if TYPE_CHECKING:
    from dashboard.intake.draft import Draft

_LONGEST = 90  # of a row that may be the header, as it stands in a list
_HOW = {0.001: "kronor", 1000.0: "miljoner kronor"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A header of the file, with what stands below it and the column that it is taken for."""

    field: str
    text: str
    examples: str
    column: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A field with its choices as (value, words)."""

    field: str
    label: str
    chosen: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """A sheet of a delivery: ``pairs`` are the file's headers and our columns, ``words`` the sender's own."""

    title: str
    sender: str
    sheet: str
    pairs: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    scaled: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


def _explained(page: Page) -> tuple[Upload, tuple[int, int]] | None:
    """The upload and the place of its sheet, when it is there and waits for somebody."""
    upload = chosen_upload(page) if visitor.may_load() else None
    if upload is None or upload.stage is not Stage.EXAMINED:
        return None
    place = mappings.place_of(page.query.own.get(EXPLAIN, ""))
    return (upload, place) if mappings.sheet_at(upload, place) else None


def explain_headline(page: Page) -> None:
    """Set the title: which sheet it is about."""
    found = _explained(page)
    page.lead = ""
    if found is None:
        page.title = "Bladet finns inte längre."
        return
    file, sheet = mappings.sheet_at(*found) or (None, "")
    name = file.name if file is not None else ""
    page.title = f"Vad betyder kolumnerna i {f'{name}, bladet {sheet}' if sheet else name}?"
    page.lead = "Det du anger sparas med leveransen, och avsändarens nästa fil läses likadant."


def _draft(page: Page, upload: Upload, place: tuple[int, int]) -> Draft | None:
    own = page.query.own
    return mappings.draft_of(upload, place, page.facts.catalogue, own.get(DATASET, ""), own.get(ROW, ""))


def explain_sheet(page: Page) -> Markup:
    """Which dataset the sheet holds and which row is its header: part of the address."""
    found = _explained(page)
    if found is None:
        back = page.query.href("data", keep_own=False, **{UPLOAD: page.query.own.get(UPLOAD, "")})
        return render("data_gone.html", back=back)
    upload, place = found
    draft = _draft(page, upload, place)
    address = {UPLOAD: upload.id, EXPLAIN: f"{place[0] + 1}.{place[1] + 1}"}
    rows = [] if draft is None else [(one.key, _row_words(one.key, one.row, one.texts)) for one in draft.rows]
    return render(
        "data_explain_sheet.html",
        back=page.query.href("data", keep_own=False, **{UPLOAD: upload.id}),
        what="bladet" if draft is not None and draft.sheet else "filen",
        go=page.query.href("data", keep_own=False, **address),
        datasets=[(name, contract.title) for name, contract in CONTRACTS.items()],
        dataset=draft.header.dataset if draft is not None else "",
        rows=rows,
        row=draft.row.key if draft is not None else "",
        nothing=draft is None and page.query.own.get(DATASET, "") in CONTRACTS,
    )


def _row_words(key: str, row: int, texts: Mapping[int, Any]) -> str:
    joined = "; ".join(" ".join(spellings[0].split()) for spellings in texts.values())
    number = f"{row - 1}–{row}" if key.endswith("b") else str(row)
    return f"rad {number}: {joined if len(joined) <= _LONGEST else joined[: _LONGEST - 1] + '…'}"


def explain_form(page: Page) -> Markup:
    """A field for each header, for what money stands in and for each word that is not understood."""
    from dashboard.intake import draft as drafts
    from dashboard.intake.told import choices

    found = _explained(page)
    draft = _draft(page, *found) if found is not None else None
    if found is None or draft is None:
        return Markup()
    upload, place = found
    contract = draft.header.contract
    columns = draft.columns
    shown = list(columns)[: drafts.MOST_HEADERS]
    offered = choices(contract, page.facts.catalogue, draft.months)
    words = [
        Choice(
            f"{mappings.WORD}{word.column}:{word.text}",
            word.text,
            word.meaning,
            _with(offered.get(word.column, ()), word.meaning),
        )
        for word in draft.words
    ]
    return render(
        "data_explain.html",
        key=gate.key(),
        post=addresses.explaining(upload.id, *place),
        dataset=contract.name,
        row=draft.row.key,
        fields=(mappings.DATASET, mappings.ROW, mappings.FORGET),
        headings=[
            Heading(
                f"{mappings.COLUMN}{at}",
                draft.header.texts[at],
                "; ".join(draft.examples.get(at, ())),
                columns[at],
            )
            for at in shown
        ],
        more=len(columns) - len(shown),
        columns=_column_options(contract),
        missing=listing([column_name(contract.name, name) for name in draft.header.missing]),
        scales=list(_scales(draft, contract)),
        words=words,
        told=(draft.file, draft.sheet) in upload.mappings,
    )


def _column_options(contract: Contract) -> list[tuple[str, str]]:
    label = vocabulary(contract.name).label
    units = {one.name: f" ({one.unit})" for one in contract.columns if one.unit not in {"antal", "text"}}
    names = ["month", YEAR, *(name for name in contract.schema.names if name != "month")]
    return [(name, f"{label(name)}{units.get(name, '')}") for name in names]


def _scales(draft: Draft, contract: Contract) -> Iterable[Choice]:
    from dashboard.intake.told import MONEY

    for column in contract.columns:
        if column.unit == "tkr":
            chosen = repr(float(draft.header.scales.get(column.name, 1.0)))
            options = _with(tuple((repr(scale), name) for scale, name in MONEY), chosen, "× ")
            field = f"{mappings.SCALE}{column.name}"
            yield Choice(field, column_name(contract.name, column.name), chosen, options)


def _with(options: tuple[tuple[str, str], ...], chosen: str, sign: str = "") -> tuple[tuple[str, str], ...]:
    """What is chosen is among the choices, whatever it is."""
    known = not chosen or chosen in {value for value, _ in options}
    return options if known else (*options, (chosen, f"{sign}{chosen}"))


def meanings(page: Page, kept: Iterable[Mapping[str, Any]]) -> list[Meant]:
    """What the sheets of a delivery were taken to mean; one that no longer fits its contract is left out."""
    found = []
    for told in kept:
        try:
            found.append(_meant(page, SenderMapping.from_dict(told)))
        except IntakeError:
            continue
    return found


def _meant(page: Page, mapping: SenderMapping) -> Meant:
    order = ["month", YEAR, *CONTRACTS[mapping.dataset].schema.names]
    taken = sorted((one for one in mapping.headers.items() if one[1]), key=lambda one: order.index(one[1]))
    label = vocabulary(mapping.dataset).label
    units = page.facts.catalogue.units
    names = Names(page.facts.catalogue, vocabulary(mapping.dataset))
    words = [
        (text, units[one].short if one in units else category_name(page, mapping.dataset, one))
        for text, one in mapping.names.items()
        if not names.evident(text, one)
    ]
    return Meant(
        title=title_of(mapping.dataset),
        sender=mapping.sender,
        sheet=mapping.sheet,
        pairs=tuple((text, label(column)) for text, column in taken),
        ignored=tuple(text for text, column in mapping.headers.items() if not column),
        scaled=tuple(
            f"{label(name)} stod i {_HOW.get(scale, f'en annan enhet (× {scale:g})')}"
            for name, scale in mapping.scales.items()
        ),
        words=tuple(words),
    )
