"""Large tidy text files go a quicker way to the same result; no bytes at all make the readers fall over."""

from __future__ import annotations

import contextlib
import io
import subprocess
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.errors import DashboardError
from dashboard.intake import biff, fastcsv, frame, reading, workbook
from dashboard.intake.examination import Examination, examine
from dashboard.intake.limits import LIMITS, Limits
from dashboard.intake.package import Package
from dashboard.intake.recognise import recognise
from tests.corpus.builders import changed, ods, part, xls, xlsx
from tests.corpus.case import csv_text

TODAY = date(2025, 10, 1)
HEAD = ("Månad", "Avdelning", "Utfall", "Budget ack", "Prognos helår", "Budget helår")
BOOK = xlsx(("Blad1", [("Månad", "Enhet", "Orsak", "Antal"), (date(2025, 8, 1), "cai", "Våld", 1)]))
SHEET = "xl/worksheets/sheet1.xml"


def quick_and_slow(data: bytes, catalogue: Catalogue) -> tuple[Examination, Examination]:
    found = []
    with pytest.MonkeyPatch.context() as patch:
        for size in (0, 10**9):
            patch.setattr(fastcsv, "WORTH_IT", size)
            patch.setattr(reading, "WORTH_IT", size)
            found.append(examine([("ekonomi.csv", data)], catalogue, None, today=TODAY))
    return found[0], found[1]


MONTHS = st.sampled_from(["2025-08", "2025-07", "202412", "aug 2025", "2024-03"])
UNITS = st.sampled_from(
    ["avd-vuxen", "Ekonomiskt bistånd", "Vård och vuxna", "Omvärldsbuffert", "v2024-vuxna"]
)
TIDY = st.floats(-1e6, 0).map(lambda value: f"{value:.1f}")
STRANGE = st.sampled_from(
    ["", "-1 000", "1.234", "(5)", "0x1F", "nan", "inf", "-12,50", "1e3", " 7 ", "+3", "x", "-0", "1,5"]
)
STRANGE_UNITS = st.sampled_from(
    ["Summa", "", "Hela förvaltningen", "avd-vuxn", "cai", '"avd-vuxen"', "Totalt;"]
)


@given(
    rows=st.lists(st.tuples(MONTHS, UNITS, TIDY, TIDY, TIDY, TIDY), min_size=1, max_size=8),
    comma=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
    odd=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5), STRANGE, STRANGE_UNITS), max_size=2),
)
@settings(max_examples=150)
def test_the_quick_way_gives_what_the_slow_way_gives(
    catalogue: Catalogue,
    rows: list[tuple[str, ...]],
    comma: bool,
    end: str,
    odd: list[tuple[int, int, str, str]],
) -> None:
    cells = [[cell.replace(".", ",") if comma else cell for cell in row] for row in rows]
    for row, column, text, unit in odd:
        cells[row % len(cells)][column] = unit if column == 1 else text
    quick, slow = quick_and_slow(csv_text((HEAD, *cells), end=end).encode(), catalogue)
    assert quick.faults == slow.faults
    assert [(one.month, one.table) for one in quick.tables] == [(one.month, one.table) for one in slow.tables]


REPORTS = st.tuples(
    st.sampled_from(["2025-06", "2025-07", "2025-08", "aug 2025"]),
    st.sampled_from(["barn-ungdom-1", "Barn och ungdom 1", "barn-ungdom-2"]),
    st.sampled_from(["Våld", "vald", "Övrigt", "Psykisk ohälsa"]),
    st.integers(0, 9).map(str),
)


@given(rows=st.lists(REPORTS, min_size=1, max_size=12))
@settings(max_examples=60)
def test_keys_are_found_the_same_by_a_table_of_all_and_by_search(
    catalogue: Catalogue, rows: list[tuple[str, ...]]
) -> None:
    """Doubles, units that are gone and the month before, in a category too, and with a unit spelled in two ways."""
    text = csv_text((("Månad", "Enhet", "Orsak", "Antal"), *rows)).encode()
    quick, slow = quick_and_slow(text, catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frame, "_ROOM", 0)
        searched, _ = quick_and_slow(text, catalogue)
    assert quick.faults == slow.faults == searched.faults
    tables = [[(one.month, one.table) for one in found.tables] for found in (quick, slow, searched)]
    assert tables[0] == tables[1] == tables[2]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["windows", "unix", "old"])
def test_a_large_file_is_the_same_with_any_end_of_lines_and_encoding(catalogue: Catalogue, end: str) -> None:
    rows = [
        ("2025-08", "Vård och vuxna" if row % 2 else "avd-vuxen", f"-{row}", "-1", "-2", "-3")
        for row in range(2)
    ]
    text = csv_text((HEAD, *rows), end=end)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        quick, slow = quick_and_slow(text.encode(encoding), catalogue)
        assert quick.faults == slow.faults
        assert [one.table for one in quick.tables] == [one.table for one in slow.tables]


def test_a_tidy_file_does_go_the_quick_way(catalogue: Catalogue) -> None:
    row = ("2025-08", "avd-vuxen", "-69082,5", "-1", "-2", "-3")
    quick, slow = quick_and_slow(
        csv_text((HEAD, row, ("2025-08", "avd-vuxn", "1x", "1", "", "1"))).encode(), catalogue
    )
    assert (
        [fault.cell for fault in quick.faults] == [fault.cell for fault in slow.faults] == ["B3", "C3", "E3"]
    )
    assert not quick.files[0].raw
    quick, slow = quick_and_slow(csv_text((HEAD, row)).encode(), catalogue)
    assert not quick.files[0].raw
    assert slow.files[0].raw
    assert (
        quick.files[0].sheets[0].source.text(2, 2) == slow.files[0].sheets[0].source.text(2, 2) == "-69082,5"
    )
    assert quick.files[0].sheets[0].source.text(9, 9) == ""


NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "a.txt", "a", "ekonomi 2025-08.csv"])
STARTS = st.sampled_from(
    [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"sep=;\n", b"%PDF", "Månad;Enhet;Antal\n".encode()]
)
TEXTS = st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))


def survives(name: str, data: bytes, catalogue: Catalogue) -> None:
    """A file is examined to the end, whatever it is; what is wrong is told in Swedish."""
    found = examine([(name, data)], catalogue, None, today=TODAY)
    assert found.files
    assert all(fault.message.endswith((".", "?", ")")) for fault in found.faults)
    assert found.ready or found.faults or found.files[0].notes or not found.tables


@given(name=NAMES, start=STARTS, data=st.one_of(st.binary(max_size=400), TEXTS))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(catalogue: Catalogue, name: str, start: bytes, data: bytes) -> None:
    survives(name, start + data, catalogue)


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "2025-08",
            "Summa",
            "cai",
            "Våld",
            "1 234",
            "#REF!",
            "..",
            "−5",
            "Månad",
            "Antal",
            '"',
            "1e308",
            "=1+1",
        ]
    ),
)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=10), separator=st.sampled_from(";,\t|")
)
@settings(max_examples=300)
def test_any_cells_under_a_header_are_read_or_told(
    catalogue: Catalogue, rows: list[list[str]], separator: str
) -> None:
    header = separator.join(("Månad", "Enhet", "Orsak", "Antal"))
    body = "\n".join(separator.join(row) for row in rows)
    survives("a.csv", f"{header}\n{body}\n".encode("utf-8", "replace"), catalogue)


def mutated(data: bytes, changes: list[tuple[int, int]], cut: int) -> bytes:
    body = bytearray(data)
    for at, byte in changes:
        body[at % len(body)] = byte
    return bytes(body[: len(body) - cut % len(body)])


FILES = {
    "a.xlsx": BOOK,
    "a.ods": ods([("Månad", "Enhet"), ("x", 1)]),
    "a.xls": xls([("Månad", "Enhet"), ("x", 1)]),
}
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6)


@given(name=st.sampled_from(sorted(FILES)), changes=CHANGES, cut=st.one_of(st.just(0), st.integers(0, 3000)))
@settings(max_examples=25)
def test_damaged_workbooks_are_read_or_refused(
    catalogue: Catalogue, name: str, changes: list[tuple[int, int]], cut: int
) -> None:
    survives(name, mutated(FILES[name], changes, cut), catalogue)


@given(name=st.sampled_from(sorted(FILES)), changes=CHANGES, cut=st.one_of(st.just(0), st.integers(0, 3000)))
@example(name="a.xlsx", changes=[(21236, 0)], cut=0)  # the directory names xl/workbook.xml otherwise
@example(name="a.ods", changes=[(8219, 64)], cut=0)  # a version of zip that nobody writes
@settings(max_examples=300)
def test_what_looks_into_a_workbook_first_falls_over_nothing(
    name: str, changes: list[tuple[int, int]], cut: int
) -> None:
    data = mutated(FILES[name], changes, cut)
    steps: list[Any] = [
        lambda: recognise(name, data, LIMITS),
        lambda: Package(data, LIMITS).examine(),
        lambda: Package(data, LIMITS).formula_errors(),
        lambda: biff.formula_errors(data),
    ]
    for step in steps:
        with contextlib.suppress(DashboardError):
            step()


def test_sheet_text_is_found_by_row_and_column(catalogue: Catalogue) -> None:
    book = xlsx(
        (
            "Blad1",
            [(), ("Månad", "Enhet", "Orsak", "Antal"), (), ("2025-08", "cai", "Våld", ("=1/0", "#DIV/0!"))],
        )
    )
    (raw,) = examine([("a.xlsx", book)], catalogue, None, today=TODAY).files[0].raw
    assert [raw.text(2, 1), raw.text(4, 3), raw.text(3, 0), raw.text(4, 9), raw.text(99, 0)] == [
        "Enhet",
        "#DIV/0!",
        "",
        "",
        "",
    ]


def test_a_shared_text_of_great_length_cannot_fill_the_memory() -> None:
    text = "x" * 30_000
    cells = "".join(f'<c r="A{row}" t="s"><v>0</v></c>' for row in range(1, 400))
    rows = cells.replace("<c r=", "</row><row><c r=").removeprefix("</row>") + "</row>"
    book = changed(
        BOOK,
        {
            SHEET: part(BOOK, SHEET).split(b"<sheetData>")[0]
            + b"<sheetData>"
            + rows.encode()
            + b"</sheetData></worksheet>",
            "xl/sharedStrings.xml": part(BOOK, "xl/sharedStrings.xml").replace(
                "Månad".encode(), text.encode()
            ),
        },
    )
    with pytest.raises(DashboardError, match="ifyllda celler"):
        workbook.read_workbook("xlsx", book, Limits(memory_bytes=400_000_000, answer_bytes=1_000_000))


@pytest.mark.parametrize(
    ("code", "stderr", "message"),
    [
        (-24, b"", "sekunder"),
        (-9, b"", "sekunder"),
        (2, b"", "minne"),
        (-6, b"memory allocation of", "minne"),
        (101, b"panicked", "skadad"),
    ],
)
def test_a_reader_that_died_says_of_what(
    code: int, stderr: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], code, b'{"sheet":"half', stderr)

    monkeypatch.setattr(subprocess, "run", died)
    with pytest.raises(DashboardError, match=message):
        workbook.read_workbook("xlsx", BOOK, LIMITS)


def test_a_reader_that_hangs_or_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for error, message in (
        (subprocess.TimeoutExpired("x", 1), "sekunder"),
        (PermissionError(13, "nekad"), "startas"),
    ):

        def fails(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(subprocess, "run", fails)
        with pytest.raises(DashboardError, match=message):
            workbook.read_workbook("xlsx", BOOK, LIMITS)


def test_a_workbook_is_written_by_the_rules_we_read_by() -> None:
    """The corpus is made of real zip files: what we refuse, we refuse for what is in them."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book:
        assert book.testzip() is None
    Package(BOOK, LIMITS).examine()
