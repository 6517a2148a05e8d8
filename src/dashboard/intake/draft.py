"""A sheet that somebody is to say the meaning of: its headers with examples, what is guessed, what is not known.

``answered`` (in ``told``) makes a mapping of what is then chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS, Contract
from dashboard.domain.periods import Month
from dashboard.intake.examination import Examined
from dashboard.intake.header import Header, header_of, readings
from dashboard.intake.limits import LIMITS, Limits
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.reading import sender_of
from dashboard.intake.shapes import Fault, RawSheet, Step
from dashboard.intake.sheet import Sheet
from dashboard.intake.vocabulary import fold, ignored_sheets

MOST_HEADERS, MOST_WORDS, EXAMPLES = 80, 60, 3
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A row that may be the header. ``key`` is its number, with *b* when it is read together with the row above."""

    key: str
    row: int
    texts: Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the file that stands for a unit or a code. ``meaning`` is what somebody has said, or nothing."""

    column: str
    text: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """``header`` is what is guessed, or what was read. ``examples`` are the first cells below each header."""

    file: str
    sheet: str
    rows: tuple[HeaderRow, ...]
    row: HeaderRow
    header: Header
    examples: Mapping[int, tuple[str, ...]]
    words: tuple[Word, ...]
    months: tuple[Month, ...]

    @property
    def columns(self) -> dict[int, str]:
        """By place what each header is taken for; nothing for one that is left out."""
        places = {place: column for column, place in self.header.columns.items()}
        return {place: places.get(place, "") for place in self.header.texts}

    @property
    def mapping(self) -> SenderMapping:
        """What is guessed, to be changed by hand."""
        return self.header.mapping(sender_of(self.file), self.sheet, self.header.names)


def sheets_of(file: Examined) -> tuple[str, ...]:
    """The sheets whose meaning can be said, in the file's order; none for a file that is no table."""
    if not file.raw:
        return tuple(sheet.name for sheet in file.sheets)
    return tuple(raw.name for raw in file.raw if raw.rows and fold(raw.name) not in ignored_sheets())


def drafted(
    file: Examined,
    sheet: str,
    faults: Sequence[Fault],
    catalogue: Catalogue,
    dataset: str,
    row: str = "",
    limits: Limits = LIMITS,
) -> Draft | None:
    """The sheet as a header of ``dataset`` in the row with that key (else the likeliest). None when there is no such
    sheet, or nothing in it can be a header. ``faults`` are those of the examination.
    """
    raw = next((one for one in file.raw if one.name == sheet), None)
    read = next((one for one in file.sheets if one.name == sheet), None)
    rows = tuple(_rows(raw, limits)) if raw is not None else ()
    if not rows and read is not None:
        texts = {place: (text,) for place, text in read.header.texts.items()}
        rows = (HeaderRow(str(read.header.row), read.header.row, texts),)
    if not rows or dataset not in CONTRACTS:
        return None
    own = next((one for one in rows if read is not None and _is_read(one, read)), None)
    chosen = next((one for one in rows if one.key == row), own or _likeliest(rows, dataset))
    as_read = read is not None and chosen is own and read.dataset == dataset
    header = read.header if read is not None and as_read else header_of(dataset, chosen.row, chosen.texts)
    months = sorted(set(read.table["month"].to_pylist()) - {None}) if read is not None else []
    return Draft(
        file=file.name,
        sheet=sheet,
        rows=rows,
        row=chosen,
        header=header,
        examples=_examples(raw, read, header),
        words=_words(file.name, sheet, header, faults, catalogue) if as_read else (),
        months=tuple(Month.of(day) for day in months if isinstance(day, date)),
    )


def _rows(raw: RawSheet, limits: Limits) -> Iterator[HeaderRow]:
    for place in range(min(limits.header_rows, len(raw.rows))):
        number = raw.rows[place][0]
        for texts in readings(raw, place):
            alone = all(len(spellings) == 1 for spellings in texts.values())
            yield HeaderRow(str(number) if alone else f"{number}b", number, texts)


def _is_read(row: HeaderRow, read: Sheet) -> bool:
    texts = {place: spellings[0] for place, spellings in row.texts.items()}
    return row.row == read.header.row and texts == dict(read.header.texts)


def _likeliest(rows: Sequence[HeaderRow], dataset: str) -> HeaderRow:
    """The row with the most known headers, then with the most words; of equals the first."""

    def score(row: HeaderRow) -> tuple[int, int]:
        words = {spellings[0] for spellings in row.texts.values() if _WORD.search(spellings[0])}
        return len(header_of(dataset, row.row, row.texts).columns), 2 * len(words) - len(row.texts)

    return max(rows, key=score)


def _examples(raw: RawSheet | None, read: Sheet | None, header: Header) -> dict[int, tuple[str, ...]]:
    source = raw if raw is not None else read.source if read is not None else None
    if source is None:
        return {}
    below = [number for number, _ in raw.rows if number > header.row][:12] if raw is not None else []
    below = below or [header.row + step for step in range(1, EXAMPLES + 1)]
    found = {}
    for place in header.texts:
        texts = [text for row in below if (text := source.text(row, place).strip())]
        found[place] = tuple(dict.fromkeys(texts))[:EXAMPLES]
    return found


def unknown_words(
    file: str, sheet: str, contract: Contract, faults: Sequence[Fault]
) -> tuple[tuple[str, str], ...]:
    """The words that are not understood, as (column, word), as far as the faults tell."""
    columns = worded(contract)
    return tuple(
        dict.fromkeys(
            (fault.column, fault.value)
            for fault in faults
            if fault.step is Step.FORM
            and (fault.file, fault.sheet, fault.dataset) == (file, sheet, contract.name)
            and fault.column in columns
            and fault.value.strip()
            and not fault.value.startswith("#")  # a formula's error
        )
    )


def _words(
    file: str, sheet: str, header: Header, faults: Sequence[Fault], catalogue: Catalogue
) -> tuple[Word, ...]:
    """The words that are not understood, and those that somebody has explained before."""
    contract = header.contract
    columns = worded(contract)
    found = {one: Word(*one) for one in unknown_words(file, sheet, contract, faults)}
    for text, meaning in header.names.items():
        ids = {"unit": catalogue.units, "goal": catalogue.goals, "risk": catalogue.risks, **contract.codes}
        column = next((name for name in columns if meaning in ids.get(name, ())), "")
        if column:
            found[column, text] = Word(column, text, meaning)
    return tuple(found.values())[:MOST_WORDS]


def worded(contract: Contract) -> tuple[str, ...]:
    """The columns that hold the name of something: a unit, a goal, a risk, a code."""
    names = ("" if contract.whole_only else "unit", contract.category, *contract.codes)
    return tuple(dict.fromkeys(name for name in names if name))
