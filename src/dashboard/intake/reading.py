"""From a file's bytes to sheets that have been read: what the file is, where its header stands, what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.intake.delimited import dialect, read_text
from dashboard.intake.fastcsv import WORTH_IT, read_fast
from dashboard.intake.header import Header, find_header
from dashboard.intake.limits import LIMITS, Limits
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.names import Names
from dashboard.intake.recognise import FileKind, recognise
from dashboard.intake.rows import RowReader
from dashboard.intake.shapes import (
    Fault,
    Faults,
    Place,
    RawSheet,
    Severity,
    Step,
    fault_key,
    joined,
    quoted,
    raw_text,
)
from dashboard.intake.sheet import Reading, Sheet
from dashboard.intake.values import find_month, without_month
from dashboard.intake.vocabulary import datasets_named, fold, ignored_sheets, vocabulary
from dashboard.intake.workbook import read_workbook

_HEAD = 30_000  # bytes of a large text file in which its header must stand to be read the quick way


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader of a file was told: nothing is guessed that is given here.

    ``mappings`` are tried on every sheet, the first that fits counts. ``own`` says by (file, sheet) what somebody has
    told of that very sheet, and goes before all. ``reuse``: read a sender's file as the last delivery from it was read,
    but those in ``afresh``, by name; ``recent`` goes before the deliveries, newest first, each for its own sender.
    """

    dataset: str = ""
    month: Month | None = None
    mappings: Sequence[SenderMapping] = ()
    own: Mapping[tuple[str, str], SenderMapping] = field(default_factory=lambda: MappingProxyType({}))
    recent: Sequence[SenderMapping] = ()
    reuse: bool = True
    afresh: frozenset[str] = frozenset()


class NoHeader(IntakeError):
    """No header is known in the file. ``raw`` are its sheets, so that somebody can say what the headers mean."""

    def __init__(self, message: str, raw: tuple[RawSheet, ...]) -> None:
        super().__init__(message)
        self.raw = raw


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file's sheets that hold a dataset, its raw sheets for a picture, and what was passed over."""

    sheets: tuple[Sheet, ...]
    raw: tuple[RawSheet, ...]
    notes: tuple[str, ...] = ()


def read(
    name: str,
    data: bytes,
    catalogue: Catalogue,
    faults: Faults,
    wanted: Wanted | None = None,
    limits: Limits = LIMITS,
) -> FileRead:
    """Every sheet with a known header. Faults of cells go to ``faults``.

    Raises IntakeError for a file that cannot be taken in at all, NoHeader for one in which no header is found.
    """
    wanted = wanted or Wanted()
    kind = recognise(name, data, limits)
    if wanted.dataset and wanted.dataset not in CONTRACTS:
        raise IntakeError(
            f"Datamängden {quoted(wanted.dataset)} finns inte. Välj bland {joined(CONTRACTS, 12)}."
        )
    if kind is FileKind.TEXT:
        return _read_text(name, data, catalogue, faults, wanted, limits)
    raws = read_workbook(kind, data, limits)
    found: list[Sheet] = []
    notes: list[str] = []
    used = [raw for raw in raws if raw.rows and fold(raw.name) not in ignored_sheets()]
    undecided: list[tuple[RawSheet, tuple[str, ...]]] = []
    for raw in used:
        header, equal = _header(name, raw, wanted, limits)
        if header is None:
            undecided.append((raw, equal))
            continue
        sheet = RowReader(raw, _reading(name, raw, header, catalogue, faults, wanted)).run()
        found.append(sheet)
    if not found:
        raise NoHeader(_no_header(wanted, [equal for _, equal in undecided]), raws)
    notes += [f"Bladet {quoted(raw.name)} har ingen känd rubrikrad och lästes inte." for raw, _ in undecided]
    notes += [f"Bladet {quoted(raw.name)} är dolt och lästes inte." for raw in raws if raw.notes]
    return FileRead(_with_rows(found, faults), raws, tuple(notes))


def _read_text(
    name: str, data: bytes, catalogue: Catalogue, faults: Faults, wanted: Wanted, limits: Limits
) -> FileRead:
    text = dialect(data)
    if len(text.utf8) >= WORTH_IT:
        head = text.utf8[:_HEAD].rpartition(b"\n")[0]
        start = read_text("", replace(text, utf8=head), limits)
        header, _ = _header(name, start, wanted, limits)
        if header is not None:
            sheet = read_fast(text, _reading(name, start, header, catalogue, faults, wanted))
            if sheet is not None:
                return FileRead((sheet,), (), ())
    raw = read_text("", text, limits)
    header, equal = _header(name, raw, wanted, limits)
    if header is None:
        raise NoHeader(_no_header(wanted, [equal]), (raw,))
    sheet = RowReader(raw, _reading(name, raw, header, catalogue, faults, wanted)).run()
    return FileRead(_with_rows([sheet], faults), (raw,), ())


def _header(
    name: str, raw: RawSheet, wanted: Wanted, limits: Limits
) -> tuple[Header | None, tuple[str, ...]]:
    hints = datasets_named(raw.name) or datasets_named(PurePath(name).stem) or _titled(raw, limits)
    told = wanted.own.get((name, raw.name))
    if told is not None:
        return find_header(raw, [told.dataset], hints, [told], limits)
    here = without_month(raw.name)
    mappings = [one for one in wanted.mappings if not one.sheet or without_month(one.sheet) == here]
    return find_header(raw, [wanted.dataset] if wanted.dataset else CONTRACTS, hints, mappings, limits)


def _titled(raw: RawSheet, limits: Limits) -> frozenset[str]:
    """Datasets that a line above the header names."""
    for _, cells in raw.rows[: min(6, limits.header_rows)]:
        texts = [raw_text(cell) for cell in cells if cell is not None]
        if len(texts) == 1 and (named := datasets_named(texts[0])):
            return named
    return frozenset()


def _reading(
    name: str, raw: RawSheet, header: Header, catalogue: Catalogue, faults: Faults, wanted: Wanted
) -> Reading:
    words = vocabulary(header.dataset)
    reading = Reading(
        file=name,
        sheet=raw.name,
        header=header,
        names=Names(catalogue, words, header.names),
        words=words,
        faults=faults,
        sender=sender_of(name),
        month=wanted.month,
        told=_month_told(name, raw, header),
    )
    for column in header.missing:
        label = words.label(column)
        reading.fault(
            header.row, column, "", label, f"Kolumnen {label} saknas i rubrikraden (rad {header.row})."
        )
    for column, place in header.twice:
        text = quoted(header.texts[place])
        message = (
            f"Två kolumner betyder {words.label(column)}; den ena är {text}. Ta bort eller döp om en av dem."
        )
        reading.fault(header.row, column, header.texts[place], "en kolumn", message)
    return reading


def _month_told(name: str, raw: RawSheet, header: Header) -> Month | None:
    """The month of the lines above the header, else of the sheet's or the file's name."""
    for row, cells in raw.rows:
        if row >= header.row:
            break
        for cell in cells:
            if (month := find_month(raw_text(cell))) is not None:
                return month
    return find_month(raw.name) or find_month(PurePath(name).stem)


def sender_of(name: str) -> str:
    """Who a file comes from, as far as its name tells: the name without ending, month and date."""
    return without_month(PurePath(name).stem)


def _with_rows(sheets: Sequence[Sheet], faults: Faults) -> tuple[Sheet, ...]:
    """Sheets with rows. In a file of several an empty one was left empty on purpose; a file needs one."""
    filled = tuple(sheet for sheet in sheets if sheet.table.num_rows)
    if not filled:
        for sheet in sheets[:1]:
            message = "Det finns inga rader under rubriken. Fyll i dem och spara filen."
            place = Place(sheet.file, sheet.name, sheet.header.row)
            key = fault_key("form", sheet.file, sheet.name, "tom")
            faults.add(
                Fault(Step.FORM, Severity.ERROR, place, sheet.dataset, "", "", "minst en rad", message, key)
            )
    return filled


def _no_header(wanted: Wanted, equal: Sequence[tuple[str, ...]]) -> str:
    several = next((names for names in equal if names), ())
    if several:
        titles = joined((CONTRACTS[name].title for name in several), 9)
        return f"Kolumnerna passar flera datamängder ({titles}). Ange vilken det är."
    if wanted.dataset:
        labels = vocabulary(wanted.dataset).labels
        names = joined((labels[column.name] for column in CONTRACTS[wanted.dataset].columns), 12)
        return (
            f"Ingen rubrikrad för {CONTRACTS[wanted.dataset].title} hittades. Väntade kolumner som {names}."
        )
    return (
        "Ingen rubrikrad hittades. Rubrikerna ska vara som i mallen, eller ange datamängden och vad varje kolumn "
        "betyder."
    )
