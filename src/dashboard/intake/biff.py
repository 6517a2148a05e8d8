"""Old workbooks (.xls): which cells hold a formula's error. The reader gives those as empty.

Only what is needed of the formats: [MS-CFB] for the file within the file, [MS-XLS] 2.4 for the records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from dashboard.errors import IntakeError
from dashboard.intake.package import DAMAGED

_FREE = 0xFFFFFFFA  # sector numbers from here on are marks
_CELL = struct.Struct("<HHH")
_BOF, _EOF, _BOUNDSHEET, _FORMULA, _BOOLERR, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205, 0x002F
_NAMES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ROOT = 5
_MINI = 4096  # streams below this live in the small sectors


def formula_errors(data: bytes) -> list[dict[tuple[int, int], str]]:
    """For each sheet in the workbook's order, its error cells (1-based row, 0-based column).

    Raises IntakeError for a damaged or protected file.
    """
    try:
        records = list(_records(_Compound(data).stream(frozenset({"Workbook", "Book"}))))
    except (struct.error, IndexError, MemoryError) as error:
        raise IntakeError(DAMAGED) from error
    if any(kind == _FILEPASS for _, kind, _ in records):
        raise IntakeError(
            "Filen är skyddad med lösenord och kan inte läsas. Ta bort lösenordet och spara på nytt."
        )
    starts = [
        struct.unpack_from("<I", body)[0]
        for _, kind, body in records
        if kind == _BOUNDSHEET and len(body) > 4
    ]
    found: dict[int, dict[tuple[int, int], str]] = {start: {} for start in starts}
    here: dict[tuple[int, int], str] = {}
    for offset, kind, body in records:
        if kind == _BOF:
            here = found.get(offset, {})
        elif (code := _error(kind, body)) is not None:
            row, column, _ = _CELL.unpack_from(body)
            here[row + 1, column] = _NAMES.get(code, "#FEL!")
    return [found[start] for start in starts]


def _error(kind: int, body: bytes) -> int | None:
    if kind == _BOOLERR and len(body) >= 8 and body[7] == 1:
        return body[6]
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(offset, kind, body) of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind in {_BOF, _BOUNDSHEET, _FORMULA, _BOOLERR, _FILEPASS}:
            yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


class _Compound:
    """A compound file: sectors chained by tables, and streams named in a directory that is a chain itself."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        self.small_size = 1 << min(struct.unpack_from("<H", data, 32)[0], 16)
        first_directory, self.first_small, difat = (
            struct.unpack_from("<I", data, at)[0] for at in (48, 60, 68)
        )
        self.table = [entry for number in self._tables(difat) for entry in self._numbers(number)]
        directory = self._joined(first_directory)
        self.entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]

    def stream(self, names: frozenset[str]) -> bytes:
        """The first stream of one of the names. Raises IntakeError when there is none."""
        for entry in self.entries:
            name = entry[: max(struct.unpack_from("<H", entry, 64)[0], 2) - 2].decode("utf-16-le", "replace")
            if name in names:
                start, size = struct.unpack_from("<II", entry, 116)
                return (self._joined(start) if size >= _MINI else self._small(start))[:size]
        raise IntakeError(DAMAGED)

    def _tables(self, difat: int) -> list[int]:
        """The sectors that hold the table: 109 in the header, the rest in sectors of their own."""
        tables = list(struct.unpack_from("<109I", self.data, 76))
        for _ in range(len(self.data) // self.size):
            if difat >= _FREE:
                break
            *more, difat = self._numbers(difat)
            tables += more
        return [number for number in tables if number < _FREE]

    def _sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _numbers(self, number: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self.size // 4}I", self._sector(number))

    def _joined(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(start, self.table))

    def _small(self, start: int) -> bytes:
        """A stream of small sectors, which are kept in the root's own stream."""
        root = next((entry for entry in self.entries if entry[66] == _ROOT), None)
        if root is None:
            raise IntakeError(DAMAGED)
        store = self._joined(struct.unpack_from("<I", root, 116)[0])
        table = [one for number in _chain(self.first_small, self.table) for one in self._numbers(number)]
        size = self.small_size
        return b"".join(store[number * size : (number + 1) * size] for number in _chain(start, table))


def _chain(start: int, table: list[int]) -> Iterator[int]:
    for _ in range(len(table) + 1):
        if start >= _FREE:
            return
        yield start
        start = table[start]
    raise IntakeError(DAMAGED)  # it bites its own tail
