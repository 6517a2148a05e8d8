"""Months, units and words of a large tidy file by their distinct texts: each is read once, however many rows it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashboard.domain.periods import Month
from dashboard.intake.cells import read_units, read_words
from dashboard.intake.sheet import Reading
from dashboard.intake.values import MISSING_SIGNS, Unreadable, plain, read_month
from dashboard.intake.vocabulary import is_total

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_MOST_PAIRS = 50_000_000  # of texts and months, a byte each


def room_for(rows: int) -> int:
    """How many odd cells of a column are read one by one; a file with more is no tidy file."""
    return max(1_000, rows // 50)


def read_keys(table: pa.Table, reading: Reading) -> dict[str, pa.Array] | None:
    """Month and words by the contract's names, words as dictionaries, null where a text could not be read and a fault
    was told.

    None when a text asks for the slow way: a total, an empty key, a month that is none or not the one asked for.
    """
    import numpy as np
    import pyarrow as pa

    kinds = {name: table[name].type for name in table.column_names}
    spelled = {name: _dictionary(table, name) for name, kind in kinds.items() if pa.types.is_dictionary(kind)}
    contract = reading.header.contract
    for name, (texts, _) in spelled.items():
        empty = any(plain(text).lower() in MISSING_SIGNS for text in texts)
        if (empty and name in contract.keys) or any(is_total(text) for text in texts):
            return None
    try:
        months = [read_month(text) for text in spelled["month"][0]]
    except Unreadable:
        return None
    if reading.month is not None and any(month != reading.month for month in months):
        return None
    texts, spots = spelled.pop("month")
    found = {"month": pa.array([month.first_day for month in months], pa.date32()).take(pa.array(spots))}
    if "unit" not in spelled:
        found["unit"] = _words([reading.names.root], np.zeros(table.num_rows, np.int32))
    for name in sorted(spelled, key=lambda name: name != "unit"):
        texts, codes = spelled[name]
        values = _steady(texts, codes, months, spots, reading) if name == "unit" else None
        if values is None:
            values = _looked_up(name, texts, codes, months, spots, reading)
        if values is None:
            return None
        found[name] = values
    return found


def _steady(
    texts: list[str], codes: np.ndarray, months: list[Month], spots: np.ndarray, reading: Reading
) -> pa.Array | None:
    """Units whose names mean the same in every month that they are used in; None when one does not."""
    import numpy as np

    known = [one for text in texts if (one := reading.names.steady(text)) is not None]
    if len(known) < len(texts):
        return None
    indices = [month.index for month in months]
    if all(one.first <= min(indices) and max(indices) <= one.last for one in known):
        return _words([one.unit for one in known], codes)
    when = np.array(indices)[spots]
    first, last = (np.array([getattr(one, end) for one in known])[codes] for end in ("first", "last"))
    if not bool(((first <= when) & (when <= last)).all()):
        return None
    return _words([one.unit for one in known], codes)


def _looked_up(
    name: str, texts: list[str], codes: np.ndarray, months: list[Month], spots: np.ndarray, reading: Reading
) -> pa.Array | None:
    """Each pair of text and month that occurs is read once; then faults are told row by row for those that failed."""
    import numpy as np

    if name == "unit" and any(reading.names.total_of(text) is not None for text in texts):
        return None
    if name not in {"unit", "goal"}:  # the others mean the same in every month
        once = _read(name, reading.silent(_nothing), [0] * len(texts), texts, [months[0]] * len(texts))
        if None not in once:
            return _words(once, codes)
    if len(texts) * len(months) > _MOST_PAIRS:
        return None
    pair = codes.astype(np.int64) * len(months) + spots
    seen = np.zeros(len(texts) * len(months), dtype=bool)
    seen[pair] = True
    places = np.flatnonzero(seen)
    these = [texts[place // len(months)] for place in places]
    when = [months[place % len(months)] for place in places]
    values = _read(name, reading.silent(_nothing), [0] * len(these), these, when)
    row_of = (np.cumsum(seen) - 1)[pair]
    wrong = np.flatnonzero(np.array([value is None for value in values], dtype=bool)[row_of])
    if len(wrong) > room_for(len(codes)):
        return None
    rows = [int(row) + reading.header.row + 1 for row in wrong]
    _read(name, reading, rows, [texts[codes[row]] for row in wrong], [months[spots[row]] for row in wrong])
    return _words(values, row_of)


def _words(values: Sequence[str | None], codes: np.ndarray) -> pa.DictionaryArray:
    """The value of each row, by the place of its text among ``values``; each word stands once in the dictionary."""
    import numpy as np
    import pyarrow as pa

    known = dict.fromkeys(value for value in values if value is not None)
    distinct = {value: place for place, value in enumerate(known)}
    places = np.array([-1 if value is None else distinct[value] for value in values], np.int32)[codes]
    indices = pa.array(places, mask=places < 0 if None in values else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(distinct), pa.string()))


def _read(
    name: str, reading: Reading, rows: list[int], texts: list[str], months: list[Month]
) -> list[str | None]:
    if name == "unit":
        return read_units(reading, rows, [text.strip() for text in texts], months)
    return read_words(reading, name, rows, [text.strip() for text in texts], months)


def _nothing() -> None:
    """Faults are told afterwards, with their rows."""


def _dictionary(table: pa.Table, name: str) -> tuple[list[str], np.ndarray]:
    """The distinct texts of a column and the place of each row's."""
    column = table[name].unify_dictionaries().combine_chunks()
    return column.dictionary.to_pylist(), column.indices.to_numpy()
