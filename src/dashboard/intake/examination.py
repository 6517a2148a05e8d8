"""A delivery examined: what was in the files, every fault at once, and the tables that are ready for the store.

``examine`` reads and checks; it writes nothing. Whoever loads takes ``Examination.deliveries``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.intake.checking import checked
from dashboard.intake.frame import Frame
from dashboard.intake.limits import LIMITS, Limits
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.reading import NoHeader, Wanted, read
from dashboard.intake.reuse import Remembered, remembered
from dashboard.intake.shapes import Fault, Faults, Place, RawSheet, Severity, Step, fault_key, joined
from dashboard.intake.sheet import Sheet
from dashboard.snapshots.files import Delivery
from dashboard.snapshots.store import Store

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Examined:
    """One file. ``refused`` says why it could not be taken in; ``raw`` are its sheets as they stand, for a picture and
    for whoever says what their headers mean (empty for a large text file that was read, and for one that is no table).
    ``sheets`` hold the guessed mappings.
    """

    name: str
    sha256: str
    size: int
    sheets: tuple[Sheet, ...] = ()
    raw: tuple[RawSheet, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""

    @property
    def mappings(self) -> tuple[SenderMapping, ...]:
        """What each sheet was taken to mean: keep them, and the next file of the sender is read the same way."""
        return tuple(sheet.mapping for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class MonthTable:
    """One month of one dataset without errors; ``table`` follows its contract, rows in key order."""

    dataset: str
    month: Month
    table: pa.Table
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Examination:
    """All that was found. Tables are there for the datasets without errors; ``ready`` when nothing is left to do.

    ``answers`` are those given, by the key of the question; ``untold`` counts faults beyond what is told one by one.
    """

    files: tuple[Examined, ...]
    tables: tuple[MonthTable, ...]
    faults: tuple[Fault, ...]
    answers: Mapping[str, str]
    untold: int = 0

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity is Severity.ERROR)

    @property
    def questions(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity is Severity.QUESTION)

    @property
    def unanswered(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.questions if not self.answers.get(fault.key, "").strip())

    @property
    def ready(self) -> bool:
        return bool(self.tables) and not self.errors and not self.unanswered and not self.untold

    def checks(self, table: MonthTable) -> Mapping[str, str]:
        """What is kept with a month: the steps, and every question with its answer."""
        steps = {"form": "godkänd", "rimlighet": "godkänd", "historik": "godkänd"}
        about = f"{table.dataset}/{table.month}/"
        asked = {fault.key: fault for fault in self.questions if fault.key.startswith(about)}
        for key, fault in asked.items():
            steps[key] = f"{fault.message} Svar: {self.answers.get(key, '').strip()}"
        return MappingProxyType(steps)

    def deliveries(
        self, loaded_by: str, at: datetime, origin: Origin = Origin.IMPORTED
    ) -> tuple[Delivery, ...]:
        """What to give ``Store.write``, one delivery per dataset and month.

        Raises IntakeError while there are errors or questions without an answer.
        """
        if not self.ready:
            raise IntakeError(
                f"Leveransen kan inte läsas in: {len(self.errors)} fel och {len(self.unanswered)} obesvarade frågor."
            )
        return tuple(
            Delivery(
                dataset=one.dataset,
                month=one.month,
                table=one.table,
                origin=origin,
                known_from=at,
                source_name=one.file,
                source_sha256=one.sha256,
                loaded_by=loaded_by,
                loaded_at=at,
                checks=self.checks(one),
            )
            for one in self.tables
        )


def examine(
    files: Iterable[tuple[str, bytes]],
    catalogue: Catalogue,
    store: Store | None,
    *,
    today: date,
    wanted: Wanted | None = None,
    answers: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> Examination:
    """Read and check files given as (name, bytes). Faults of files are told, not raised.

    ``wanted`` says what the files must hold and how senders are read; what it leaves out is read from the files.
    ``store`` gives the months before and how each sender's files were read last time (None: nothing is known).
    ``today`` decides which months have been.
    """
    faults = Faults(limits.faults)
    wanted = wanted or Wanted()
    unsigned: list[Examined] = []
    taken: list[tuple[str, bytes]] = []
    files = list(files)
    known = _remembered(store, catalogue, wanted, (name for name, _ in files))
    for name, data in files:
        first = next((other for other, same in taken if same == data), None)
        if first is not None:
            _refuse(faults, name, f"Filen har samma innehåll som {first}. Ta bort den ena.")
            continue
        taken.append((name, data))
        unsigned.append(_examined(name, data, catalogue, faults, wanted, limits, known))
    tables: list[MonthTable] = []
    owners: dict[tuple[str, Month], str] = {}
    examined: list[Examined] = []
    with ThreadPoolExecutor(1) as beside:
        digests = [
            beside.submit(hashlib.sha256, data) for _, data in taken
        ]  # of large files, while they are checked
        for read_file, digest in zip(unsigned, digests, strict=True):
            by_dataset = [[sheet for sheet in read_file.sheets if sheet.dataset == own] for own in CONTRACTS]
            frames = [
                checked(sheets, catalogue, store, faults, Month.of(today)) for sheets in by_dataset if sheets
            ]
            file = replace(read_file, sha256=digest.result().hexdigest())
            examined.append(file)
            for frame in frames:
                tables += _tables(frame, file, owners, faults)
    told = tuple(faults)
    return Examination(
        files=tuple(examined),
        tables=tuple(one for one in tables if not faults.stopped(one.dataset)),
        faults=told,
        answers=MappingProxyType(dict(answers or {})),
        untold=faults.untold,
    )


def _remembered(
    store: Store | None, catalogue: Catalogue, wanted: Wanted, files: Iterable[str]
) -> Remembered:
    if store is None or not wanted.reuse:
        return Remembered()
    return remembered(store, catalogue, [name for name in files if name not in wanted.afresh], wanted.recent)


def _examined(
    name: str,
    data: bytes,
    catalogue: Catalogue,
    faults: Faults,
    wanted: Wanted,
    limits: Limits,
    known: Remembered,
) -> Examined:
    """The file as it was read; its hash is still to come."""
    known = Remembered() if name in wanted.afresh else known
    asked = replace(wanted, mappings=(*wanted.mappings, *known.of(name)))
    try:
        found = read(name, data, catalogue, faults, asked, limits)
    except IntakeError as error:
        _refuse(faults, name, str(error))
        raw = error.raw if isinstance(error, NoHeader) else ()
        return Examined(name, "", len(data), raw=raw, notes=known.notes(name, ()), refused=str(error))
    notes = (*found.notes, *known.notes(name, found.sheets))
    return Examined(name, "", len(data), found.sheets, found.raw, notes)


def _refuse(faults: Faults, name: str, message: str) -> None:
    key = fault_key(Step.FORM, name, "fil")
    faults.add(
        Fault(Step.FORM, Severity.ERROR, Place(name), "", "", "", "en fil som går att läsa", message, key)
    )


def _tables(
    frame: Frame, file: Examined, owners: dict[tuple[str, Month], str], faults: Faults
) -> list[MonthTable]:
    """The frame by month; a month that another file holds too is an error."""
    if faults.stopped(frame.dataset):
        return []
    found = []
    for month, table in frame.in_order():
        other = owners.setdefault((frame.dataset, month), file.name)
        if other != file.name:
            title = CONTRACTS[frame.dataset].title
            message = (
                f"{title} för {month.name} finns både i {joined([other, file.name])}. Välj en av filerna."
            )
            key = fault_key(frame.dataset, month, "flera-filer", file.name)
            place = Place(file.name)
            faults.add(Fault(Step.FORM, Severity.ERROR, place, frame.dataset, "", "", "en fil", message, key))
        found.append(MonthTable(frame.dataset, month, table, file.name, file.sha256))
    return found
