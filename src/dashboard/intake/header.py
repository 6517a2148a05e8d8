"""Which row is the header, which dataset it speaks of and what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.contracts import CONTRACTS, Contract
from dashboard.intake.limits import Limits
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.shapes import RawSheet, raw_text
from dashboard.intake.vocabulary import YEAR, Heading, fold, vocabulary

_ENOUGH = 0.5  # share of the measured columns that tells a dataset when nobody has said which it is


@dataclass(frozen=True, slots=True)
class Header:
    """``row`` is 1-based (the lower of two). ``columns`` gives each of the contract's columns its 0-based place.

    ``texts`` are the headers as they stand, by place; ``ignored`` the places that mean nothing here; ``twice`` the
    places that mean what another does. ``saved`` is the mapping that it was read by, None for the vocabulary alone.
    """

    dataset: str
    row: int
    texts: Mapping[int, str]
    columns: Mapping[str, int]
    scales: Mapping[str, float]
    ignored: tuple[int, ...]
    twice: tuple[tuple[str, int], ...]
    names: Mapping[str, str]
    saved: SenderMapping | None = None

    @property
    def contract(self) -> Contract:
        return CONTRACTS[self.dataset]

    @property
    def measured(self) -> tuple[str, ...]:
        """The contract's own columns that are here."""
        return tuple(column.name for column in self.contract.columns if column.name in self.columns)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the contract wants and the file lacks; a month may come from elsewhere and is not counted."""
        wanted = [name for name in self.contract.schema.names if name != "month"]
        if self.contract.whole_only:
            wanted.remove("unit")
        return tuple(name for name in wanted if name not in self.columns)

    def mapping(self, sender: str, sheet: str, names: Mapping[str, str]) -> SenderMapping:
        """What this file was taken to mean, to be kept for the next one."""
        places = {place: column for column, place in self.columns.items()}
        headers = {text: places.get(place, "") for place, text in self.texts.items() if text}
        return SenderMapping(sender, self.dataset, headers, sheet, names, self.scales)


def find_header(
    raw: RawSheet,
    datasets: Iterable[str],
    hints: frozenset[str],
    mappings: Sequence[SenderMapping],
    limits: Limits,
) -> tuple[Header | None, tuple[str, ...]]:
    """The best header of a sheet, and the datasets that it fits equally well when that cannot be told.

    ``hints`` are datasets that names of file and sheet speak of; ``mappings`` go before the vocabulary.
    """
    asked = tuple(datasets)
    best: dict[str, tuple[tuple[float, ...], Header]] = {}
    for place in range(min(limits.header_rows, len(raw.rows))):
        for texts in readings(raw, place):
            folded = {fold(spelling) for spellings in texts.values() for spelling in spellings}
            for dataset in asked:
                # A header row has two headings at least; most rows have none, and are not looked at closer.
                if not mappings and len(folded & vocabulary(dataset).headings.keys()) < 2:
                    continue
                header = header_of(dataset, raw.rows[place][0], texts, mappings)
                score = _score(header, dataset in hints)
                if _told(header, len(asked) == 1 or dataset in hints) and (
                    dataset not in best or score > best[dataset][0]
                ):
                    best[dataset] = (score, header)
    if not best:
        return None, ()
    top = max(score for score, _ in best.values())
    equal = [dataset for dataset, (score, _) in best.items() if score == top]
    if len(equal) > 1:
        return None, tuple(equal)
    return best[equal[0]][1], ()


def _score(header: Header, hinted: bool) -> tuple[float, ...]:
    share = len(header.measured) / len(header.contract.columns)
    return (header.saved is not None, share, hinted, len(header.columns), -len(header.twice))


def _told(header: Header, given: bool) -> bool:
    """Whether so many headers are known that this must be the header row."""
    if not header.measured or len(header.columns) < 2:
        return False
    return given or header.saved is not None or len(header.measured) / len(header.contract.columns) >= _ENOUGH


def header_of(
    dataset: str, row: int, texts: Mapping[int, Sequence[str]], mappings: Sequence[SenderMapping] = ()
) -> Header:
    """What a row means as the header of a dataset. ``texts`` are its spellings by place; the first mapping that fits
    goes before the vocabulary.
    """
    words = vocabulary(dataset).headings
    folded = {spelled(spelling) for spellings in texts.values() for spelling in spellings}
    saved = next((one for one in mappings if one.dataset == dataset and _fits(one, folded)), None)
    own = {spelled(text): column for text, column in saved.headers.items()} if saved else {}
    columns: dict[str, int] = {}
    scales: dict[str, float] = {}
    ignored: list[int] = []
    twice: list[tuple[str, int]] = []
    for place, spellings in texts.items():
        heading = _meaning(spellings, own, words, saved.scales if saved else {})
        if heading is None:
            ignored.append(place)
        elif heading.column in columns:
            twice.append((heading.column, place))
        else:
            columns[heading.column] = place
            if heading.scale != 1.0:
                scales[heading.column] = heading.scale
    return Header(
        dataset=dataset,
        row=row,
        texts={place: spellings[0] for place, spellings in texts.items()},
        columns=columns,
        scales=scales,
        ignored=tuple(ignored),
        twice=tuple(twice),
        names=saved.names if saved else {},
        saved=saved,
    )


def spelled(text: str) -> str:
    """A header as it is looked up: folded, but one that has neither letters nor digits stands as it is."""
    return fold(text) or text.strip()


def _meaning(
    spellings: Sequence[str],
    own: Mapping[str, str],
    words: Mapping[str, Heading],
    scales: Mapping[str, float],
) -> Heading | None:
    for spelling in spellings:
        known = spelled(spelling)
        if known in own:
            column = own[known]
            return Heading(column, scales.get(column, 1.0)) if column else None
    return next((words[fold(one)] for one in spellings if fold(one) in words), None)


def _fits(mapping: SenderMapping, folded: set[str]) -> bool:
    """All headers that mean something to the mapping stand here."""
    wanted = {spelled(text) for text, column in mapping.headers.items() if column and column != YEAR}
    return bool(wanted) and wanted <= folded


def readings(raw: RawSheet, place: int) -> Iterable[Mapping[int, Sequence[str]]]:
    """The row's headers by column, each in the spellings to try; then together with the row above it."""
    number, cells = raw.rows[place]
    alone = {column: raw_text(cell).strip() for column, cell in enumerate(cells)}
    filled = {column: text for column, text in alone.items() if text}
    if len(filled) > 1:
        yield {column: (text,) for column, text in filled.items()}
    if place and raw.rows[place - 1][0] == number - 1:
        above = _spread(raw, place - 1)
        width = max([*alone, *above], default=-1) + 1
        both = {}
        for column in range(width):
            high, low = above.get(column, ""), alone.get(column, "")
            spellings = (f"{high} {low}", f"{low} {high}", low, high) if high and low else (low, high)
            if high or low:
                both[column] = tuple(text for text in spellings if text)
        if len(both) > 1 and any(len(spellings) == 4 for spellings in both.values()):
            yield both


def _spread(raw: RawSheet, place: int) -> dict[int, str]:
    """A row's texts, with what is merged sideways standing in each of its columns."""
    number, cells = raw.rows[place]
    texts = {column: text for column, cell in enumerate(cells) if (text := raw_text(cell).strip())}
    for top, left, _, right in raw.merged:
        if top == number - 1 and left in texts:
            texts |= dict.fromkeys(range(left, right + 1), texts[left])
    return texts
