"""A workbook's zip file, opened with suspicion: counted before and while it is unpacked, its XML looked through."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from dashboard.errors import IntakeError
from dashboard.intake.limits import MEGABYTE, Limits

DAMAGED = "Filen är skadad och går inte att öppna. Exportera eller spara den på nytt."
_BOMB = "Filen packar upp till orimligt mycket data och tas inte emot. Exportera den på nytt."
_ENTITIES = "Filen hänvisar till yttre innehåll (DOCTYPE) och tas inte emot. Spara den på nytt från Excel."
_CHUNK = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_DECLARATION = re.compile(rb"<!\s*(doctype|entity)", re.IGNORECASE)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# A cell of type error, and a formula whose value was never worked out; attributes, then what is inside.
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt=\"e\"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<", re.DOTALL
)
_UNKNOWN = re.compile(rb"<c\b([^>]*)>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_ADDRESS = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
NO_VALUE = "formel utan värde"


class Package:
    """The zip file. The directory is checked on opening; raises IntakeError for anything out of bounds."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._left = limits.unpacked_bytes
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            OSError,
            ValueError,
            NotImplementedError,  # a version of zip that Python does not read
            struct.error,
            IndexError,
        ) as error:
            raise IntakeError(DAMAGED) from error
        self._parts = {info.filename: info for info in infos}
        if len(infos) > limits.parts or len(self._parts) != len(infos):
            raise IntakeError(
                "Filen är ovanligt uppbyggd (för många eller dubbla delar). Spara den på nytt från Excel."
            )
        if any(info.flag_bits & 1 for info in infos):
            raise IntakeError("Filen är skyddad med lösenord och kan inte läsas. Ta bort lösenordet.")
        # Parts may not share bytes: overlapping ones are how a small file becomes an endless one.
        if sum(info.compress_size for info in infos) > len(data):
            raise IntakeError(_BOMB)
        if sum(info.file_size for info in infos) > limits.unpacked_bytes:
            raise IntakeError(
                f"Filen packar upp till mer än {limits.unpacked_bytes // MEGABYTE} MB och tas inte emot. "
                "Ta bort blad som inte behövs, eller dela upp den."
            )
        for info in infos:
            self._ratio(info.file_size, info.compress_size)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._parts)

    def read(self, name: str) -> bytes:
        """A whole part; counts against what the file may unpack to. Raises IntakeError when it is not there."""
        if name not in self._parts:
            raise IntakeError(DAMAGED)
        return b"".join(self._chunks(self._parts[name]))

    def examine(self) -> None:
        """Unpack every part once, keeping nothing: sizes, checksums and forbidden declarations."""
        for info in self._parts.values():
            tail = b""
            is_xml = info.filename.lower().endswith((".xml", ".rels"))
            for place, chunk in enumerate(self._chunks(info)):
                if not is_xml:
                    continue
                if place == 0 and (chunk.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in chunk[:200]):
                    raise IntakeError(f"{DAMAGED} (Delen {info.filename} är inte skriven i UTF-8.)")
                if _DECLARATION.search(tail + chunk):
                    raise IntakeError(_ENTITIES)
                tail = chunk[-32:]

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """The part, inflated piece by piece from its own bytes, whatever size the directory claims."""
        start = info.header_offset
        try:
            header = _LOCAL_HEADER.unpack_from(self._data, start)
        except struct.error as error:
            raise IntakeError(DAMAGED) from error
        begin = start + _LOCAL_HEADER.size + header[9] + header[10]
        packed = self._data[begin : begin + info.compress_size]
        if header[0] != b"PK\x03\x04" or len(packed) != info.compress_size:
            raise IntakeError(DAMAGED)
        size = crc = 0
        for piece in _inflated(packed, info.compress_type):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            self._left -= len(piece)
            if self._left < 0:
                raise IntakeError(_BOMB)
            self._ratio(size, info.compress_size)
            yield piece
        if size != info.file_size or crc != info.CRC:
            raise IntakeError(DAMAGED)

    def _ratio(self, size: int, packed: int) -> None:
        if size > self._limits.ratio_from and size > self._limits.ratio * max(packed, 1):
            raise IntakeError(_BOMB)

    def formula_errors(self) -> dict[str, dict[tuple[int, int], str]]:
        """By sheet name, the cells (1-based row, 0-based column) whose formula gave an error or no value."""
        found = {}
        for sheet, part in self._sheets().items():
            xml = self.read(part)
            errors: dict[tuple[int, int], str] = {}
            if b'"e"' in xml:
                for match in _ERROR.finditer(xml):
                    errors |= _at(match[1], match[2].decode("utf-8", "replace"))
            if b"<f" in xml:
                for match in _UNKNOWN.finditer(xml):
                    if b't="str"' not in match[1]:
                        errors |= _at(match[1], NO_VALUE)
            found[sheet] = errors
        return found

    def _sheets(self) -> dict[str, str]:
        """Sheet name → part, by the workbook's own list."""
        links = self.read("xl/_rels/workbook.xml.rels")
        try:
            targets = {one.get("Id", ""): one.get("Target", "") for one in ElementTree.fromstring(links)}
            sheets = ElementTree.fromstring(self.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
            places = {one.get("name", ""): targets.get(one.get(_REL, ""), "") for one in sheets}
        except (ElementTree.ParseError, ValueError) as error:
            raise IntakeError(DAMAGED) from error
        parts = {
            name: place.lstrip("/") if place.startswith("/") else f"xl/{place}"
            for name, place in places.items()
        }
        return {name: part for name, part in parts.items() if part in self._parts}


def _inflated(packed: bytes, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield from (packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK))
        return
    if method != zipfile.ZIP_DEFLATED:
        raise IntakeError("Filen är packad på ett sätt som inte läses. Spara den på nytt från Excel.")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        piece = inflate.decompress(packed, _CHUNK)
        while piece:
            yield piece
            piece = inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    except zlib.error as error:
        raise IntakeError(DAMAGED) from error


def _at(attributes: bytes, text: str) -> dict[tuple[int, int], str]:
    match = _ADDRESS.search(attributes)
    if match is None:
        return {}
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return {(int(match[2]), column - 1): text}
