"""The quick way through a large, tidy text file: parsed by Arrow, column by column, with no Python per row.

A few cells that Arrow does not know as numbers are read one by one. Any other doubt about the text (quotes, a total
row, dots that may be thousands) sends the file the slow way, which gives the same result; the tests compare the two.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dashboard.contracts import Column
from dashboard.intake.cells import NumberColumn
from dashboard.intake.delimited import Text
from dashboard.intake.fastkeys import read_keys, room_for
from dashboard.intake.sheet import Reading, Sheet
from dashboard.intake.vocabulary import YEAR

if TYPE_CHECKING:
    import pyarrow as pa

_DOT = re.compile(rb"\d\.\d")
_DOT_PLAINLY_DECIMAL = re.compile(rb"\d\.\d{1,2}(?!\d)|\d\.\d{4}|(?<!\d)0\.\d")
_COMMA = re.compile(rb"\d,\d")
_BLOCK = 1 << 18  # bytes looked at together: as many as the processor keeps near
WORTH_IT = 200_000  # bytes; below this the slow way takes no time either


class LazyLines:
    """Raw texts of a text file, split only when one is asked for."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._lines: list[str] | None = None

    def text(self, row: int, column: int) -> str:
        if self._lines is None:
            self._lines = self._text.content.split("\n")
        if not 0 < row <= len(self._lines):
            return ""
        cells = next(csv.reader([self._lines[row - 1].rstrip("\r")], delimiter=self._text.separator), [])
        return cells[column] if 0 <= column < len(cells) else ""


def read_fast(text: Text, reading: Reading) -> Sheet | None:
    """The sheet, or None when the file needs the slow way. ``reading.header`` must be a row of the file."""
    import numpy as np
    import pyarrow as pa

    header = reading.header
    point = _decimal_point(text) if _tidy(text, reading) else None
    if point is None:
        return None
    numbers = {column.name: column for column in header.contract.columns if column.form != "string"}
    table = _parsed(text, reading, {name: column.type for name, column in numbers.items()}, point)
    if table is None or not all(_whole(table[name]) for name in numbers):
        table = _parsed(text, reading, dict.fromkeys(numbers, pa.string()), point)
    if table is None or not table.num_rows:
        return None
    columns = read_keys(table, reading)
    if columns is None:
        return None
    for name, column in numbers.items():
        values = _numbers(table[name], column, point, reading)
        if values is None:
            return None
        columns[name] = values
    fields = [pa.field(field.name, columns[field.name].type) for field in header.contract.schema]
    return Sheet(
        file=reading.file,
        name=reading.sheet,
        header=header,
        mapping=header.mapping(reading.sender, reading.sheet, header.names),
        table=pa.table([columns[field.name] for field in fields], schema=pa.schema(fields)),
        rows=np.arange(header.row + 1, header.row + 1 + table.num_rows, dtype=np.int64),
        source=LazyLines(text),
        notes=text.notes,
    )


def _tidy(text: Text, reading: Reading) -> bool:
    content, header = text.utf8, reading.header
    if (
        len(content) < WORTH_IT
        or b'"' in content
        or header.scales
        or YEAR in header.columns
        or header.row != 1
    ):
        return False
    if "month" not in header.columns or ("unit" not in header.columns and not header.contract.whole_only):
        return False
    if header.missing or header.twice or b"sep=" in content[:8].lower():
        return False
    if any(letter in content and b"0" + letter in content for letter in (b"x", b"X")):  # a number to Arrow
        return False
    return b"\r" not in content or _ends_of_lines(content)


def _ends_of_lines(content: bytes) -> bool:
    """Whether each carriage return is half of the end of a line."""
    import numpy as np

    letters = np.frombuffer(content, np.uint8)
    for start in range(0, len(letters), _BLOCK):
        block = letters[start : start + _BLOCK + 1]
        alone = (block[:-1] == ord("\r")) & (block[1:] != ord("\n"))
        if alone.any():
            return False
    return bool(letters[-1] != ord("\r"))


def _decimal_point(text: Text) -> str | None:
    """The decimal sign of all numbers; None when dots could be read in two ways, or both signs stand there."""
    content = text.utf8
    dot = b"." in content and bool(_DOT.search(content))
    comma = text.separator != "," and b"," in content and bool(_COMMA.search(content))
    if dot and (comma or not _DOT_PLAINLY_DECIMAL.search(content)):
        return None
    return "," if comma else "."


def _parsed(text: Text, reading: Reading, numbers: Mapping[str, pa.DataType], point: str) -> pa.Table | None:
    """The columns that mean something, under the contract's names: numbers as asked for, words as dictionaries."""
    import pyarrow as pa
    import pyarrow.csv as pacsv

    header = reading.header
    words = pa.dictionary(pa.int32(), pa.string())
    wanted = {f"c{place}": numbers.get(name, words) for name, place in header.columns.items()}
    names = [f"c{place}" for place in range(max(header.texts) + 1)]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(text.utf8),
            read_options=pacsv.ReadOptions(skip_rows=header.row, column_names=names, block_size=4 << 20),
            parse_options=pacsv.ParseOptions(
                delimiter=text.separator, quote_char=False, ignore_empty_lines=False, newlines_in_values=False
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=wanted,
                include_columns=list(wanted),
                null_values=[""],
                strings_can_be_null=False,
                decimal_point=point,
            ),
        )
    except (pa.ArrowException, OSError):
        return None
    return table.rename_columns(list(header.columns))


def _whole(values: pa.ChunkedArray) -> bool:
    """No gaps, and none of the words that Arrow takes for numbers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if values.null_count:
        return False
    return not pa.types.is_floating(values.type) or bool(pc.all(pc.is_finite(values)).as_py())


def _numbers(
    values: pa.ChunkedArray, column: Column, point: str, reading: Reading
) -> pa.ChunkedArray | pa.Array | None:
    """The column as numbers; of texts, those that are no plain number are read cell by cell.

    None when they are too many, or may be thousands with a dot.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_integer(values.type):
        return values.combine_chunks()
    if pa.types.is_floating(values.type):
        return pc.add(values.combine_chunks(), 0.0)  # makes zero of minus zero, as the slow way does
    texts = values.combine_chunks()
    decimals = rf"(\{point}\d{{1,10}})?" if column.form == "float64" else ""
    clean = pc.match_substring_regex(texts, rf"^-?\d{{1,15}}{decimals}$")
    odd = np.flatnonzero(~clean.to_numpy(zero_copy_only=False))
    if len(odd) > room_for(len(texts)):
        return None
    reader = NumberColumn(reading, column)
    reader.read([int(row) + reading.header.row + 1 for row in odd], texts.take(pa.array(odd)).to_pylist(), {})
    if reader.grouped:
        return None
    plain = pc.replace_substring(pc.if_else(clean, texts, pa.scalar(None, pa.string())), point, ".")
    numbers = plain.cast(column.type)
    if column.form == "float64":
        numbers = pc.add(numbers, 0.0)
    return pc.replace_with_mask(numbers, pc.invert(clean), pa.array(reader.values, column.type))
