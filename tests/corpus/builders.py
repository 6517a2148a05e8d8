"""Files in the formats that deliveries come in, by as little code as makes them real."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from tests.corpus.case import Row

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def xlsx(
    *sheets: tuple[str, Sequence[Row]], merged: Sequence[tuple[str, Any]] = (), hidden: str = ""
) -> bytes:
    """A workbook by Excel's rules. A cell may be a value, a date or ``("=formula", value)``."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    month = book.add_format({"num_format": "mmm yyyy"})
    for place, (name, rows) in enumerate(sheets):
        sheet = book.add_worksheet(name)
        if name == hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, tuple):
                    sheet.write_formula(row, column, cell[0], None, cell[1])
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), month)
                elif cell is not None:
                    sheet.write(row, column, cell)
        for cells, value in merged if place == 0 else ():
            sheet.merge_range(cells, value)
    book.close()
    return sink.getvalue()


def changed(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The same zip file with parts replaced, added or (None) taken away."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = parts.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in parts.items():
            if name not in old.namelist() and content is not None:
                new.writestr(name, content)
    return sink.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read(name)


def ods(rows: Sequence[Row], extra: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """An OpenDocument sheet. ``extra`` is put before the rows, as it stands."""
    lines = "".join(
        f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>" for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Blad1">{extra}{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        for name, body in (parts or {}).items():
            book.writestr(name, body)
    return sink.getvalue()


def _ods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    kind, value = "float", f'office:value="{cell}"'
    if isinstance(cell, date):
        kind, value = "date", f'office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, str):
        kind, value = "string", ""
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}" {value}>{text}</table:table-cell>'


def xls(rows: Sequence[Row], *, locked: bool = False) -> bytes:
    """A workbook by the rules of Excel 97. A cell may be a text, a number or an error's code as ``("error", code)``."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    cells = b""
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, tuple):
                cells += record(0x0205, at + bytes([cell[1], 1]))
            elif isinstance(cell, str):
                text = cell.encode("utf-16-le")
                cells += record(0x0204, at + struct.pack("<HB", len(cell), 1) + text)
            elif cell is not None:
                cells += record(0x0203, at + struct.pack("<d", cell))
    opening = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    guard = record(0x002F, bytes(6)) if locked else b""
    name = record(0x0085, struct.pack("<IBBBB", 0, 0, 0, 5, 0) + b"Blad1")
    globals_ = record(0x0809, opening) + guard
    start = len(globals_) + len(name) + 4
    name = record(0x0085, struct.pack("<IBBBB", start, 0, 0, 5, 0) + b"Blad1")
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)) + cells
    return ole("Workbook", globals_ + name + record(0x000A, b"") + sheet + record(0x000A, b""))


def ole(name: str, stream: bytes) -> bytes:
    """A compound file of one stream."""
    size = 512
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    stream += bytes(-len(stream) % size)
    count = len(stream) // size
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *(range(3, count + 2)), 0xFFFFFFFE]
    header = (
        OLE
        + bytes(16)
        + struct.pack(
            "<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
        )
    )
    header += struct.pack("<109I", 0, *([0xFFFFFFFF] * 108))
    root = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    own = _entry(name, 2, 0xFFFFFFFF, 2, len(stream))
    return (
        header
        + struct.pack("<128I", *fat, *([0xFFFFFFFF] * (128 - len(fat))))
        + root
        + own
        + bytes(256)
        + stream
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, none, none, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
