"""Text files as raw cells: encoding, separator and rows, as systems and spreadsheets write them."""

from __future__ import annotations

import csv
import io
import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.errors import IntakeError
from dashboard.intake.limits import Limits
from dashboard.intake.shapes import RawSheet

SEPARATORS = ";\t,|"
_NOT_TEXT = "Filen är varken en arbetsbok eller text. Exportera den på nytt som Excel eller CSV."
_SWEDISH = "åäöÅÄÖéüÉÜ"
_SAMPLE, _SAMPLE_SIZE = 60, 100_000  # rows, characters
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Text:
    """A text file read as far as its dialect: ``utf8`` is all of it in that encoding, a mark at its start included.

    ``encoding`` is the one that it came in, by Python's name.
    """

    utf8: bytes
    encoding: str
    separator: str
    notes: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        """All of it, without a mark; made anew each time, for a large file is seldom needed so."""
        return self.utf8.removeprefix(_MARK).decode()


def decode(data: bytes) -> tuple[bytes, str, tuple[str, ...]]:
    """(UTF-8, encoding, notes). Raises IntakeError for what is no text, or text that was garbled on the way."""
    notes: tuple[str, ...] = ()
    encoding = _encoding(data)
    if encoding == "utf-8":
        utf8 = data
    elif encoding == "utf-8-sig":
        utf8 = data
        if not _is_utf8(data):
            raise IntakeError(_NOT_TEXT)
    else:
        try:
            utf8 = data.decode(encoding).encode()
        except UnicodeError as error:
            raise IntakeError(_NOT_TEXT) from error
    if encoding in {"cp1252", "cp850"}:
        notes = (
            f"Texten är inte UTF-8; den lästes som {'Windows-1252' if encoding == 'cp1252' else 'DOS (850)'}.",
        )
    if b"\0" in utf8:
        raise IntakeError(_NOT_TEXT)
    # One byte is looked for first: it stands in each of them, is rare otherwise, and is found ten times as fast.
    if b"\x83" in utf8 and any(garbled.encode() in utf8 for garbled in ("Ã¥", "Ã¤", "Ã¶")):
        raise IntakeError(
            "Texten är felkodad (Ã¥ i stället för å): den har sparats om med fel teckenkodning. "
            "Exportera den på nytt och spara den inte om, eller välj ”CSV UTF-8”."
        )
    return utf8, encoding, notes


def _is_utf8(data: bytes) -> bool:
    """Whether all of it is, without making a text of it: that takes a large file several times as long."""
    import pyarrow as pa

    if data.isascii():
        return True
    if len(data) >= 2**31:  # Arrow counts in 32 bits
        return False
    ends = pa.py_buffer(len(data).to_bytes(4, sys.byteorder).rjust(8, b"\0"))
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _encoding(data: bytes) -> str:
    if data.startswith(_MARK):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = data[:4000]
    if len(start) > 3 and b"\0" in start:  # UTF-16 without its mark: every other byte of Swedish text is zero
        odd, even = start[1::2].count(0), start[::2].count(0)
        if odd > len(start) // 4 and not even:
            return "utf-16-le"
        if even > len(start) // 4 and not odd:
            return "utf-16-be"
        raise IntakeError(_NOT_TEXT)
    if not _is_utf8(data):
        windows, dos = (data.decode(code, "replace") for code in ("cp1252", "cp850"))
        letters = [sum(text.count(letter) for letter in _SWEDISH) for text in (windows, dos)]
        return "cp850" if letters[1] > letters[0] else "cp1252"
    return "utf-8"


def dialect(data: bytes) -> Text:
    """Find encoding and separator. Raises IntakeError."""
    utf8, encoding, notes = decode(data)
    # A letter takes four bytes at most.
    head = utf8[: 4 * _SAMPLE_SIZE].removeprefix(_MARK).decode(errors="ignore")
    separator = ""
    if head[:4].lower() == "sep=" and len(head) > 4:  # a hint to Excel
        separator = head[4]
    return Text(utf8, encoding, separator or _separator(head), notes)


def _separator(content: str) -> str:
    """The one that gives most rows of the same width, wide ones first; a tie goes to the semicolon."""
    sample = list(itertools.islice(io.StringIO(content[:_SAMPLE_SIZE], newline=None), _SAMPLE))
    best, score = SEPARATORS[0], 0
    for candidate in SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=candidate)]
        except csv.Error:
            continue
        common = max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width), default=0)
        if common > 1 and widths.count(common) * min(common, 12) > score:
            best, score = candidate, widths.count(common) * min(common, 12)
    return best


def read_text(name: str, text: Text, limits: Limits) -> RawSheet:
    """All rows, as Excel would number them. Raises IntakeError for what no reader could take in."""
    rows: list[tuple[int, list[str]]] = []
    cells = 0
    known: dict[str, str] = {}  # the same words over and over are kept once
    for number, row in enumerate(_read(text), 1):
        if number > limits.rows:
            raise IntakeError(f"Filen har mer än {limits.rows} rader. Dela upp den på flera månader.")
        if not any(cell and not cell.isspace() for cell in row):
            continue
        cells += len(row)
        if len(row) > limits.columns or cells > limits.text_cells:
            raise IntakeError(
                f"Filen har mer än {limits.columns} kolumner eller {limits.text_cells} ifyllda celler. Dela upp den."
            )
        rows.append((number, [known.setdefault(cell, cell) if len(cell) < 40 else cell for cell in row]))
    return RawSheet(name, rows, notes=text.notes)


def _read(text: Text) -> Iterator[list[str]]:
    content = text.content
    if (
        content[:4].lower() == "sep="
    ):  # told already; an empty line in its place keeps the numbers of the rest
        content = "\n" + content.partition("\n")[2]
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=text.separator)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise IntakeError(
                f"Rad {reader.line_num} går inte att läsa: troligen ett citattecken som aldrig avslutas."
            ) from error
        if any("\n" in cell and cell.count("\n") > 30 for cell in row):
            raise IntakeError(
                f"Ett citattecken före rad {reader.line_num} avslutas aldrig. Rätta det i filen."
            )
        yield row
