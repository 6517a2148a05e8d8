"""Uploads: kept for a while and no longer, examined beside the server, shown on a picture, copied with comments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.intake.examination import Examined
from dashboard.intake.shapes import Cell, Fault, Place, RawSheet, Severity, Step
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from dashboard.uploads import gate
from dashboard.uploads.copies import commented
from dashboard.uploads.kept import Sent, Stage, Upload, Uploads
from dashboard.uploads.lineage import versions
from dashboard.uploads.picture import MOST_COLUMNS, MOST_ROWS, picture
from dashboard.uploads.work import answer, start_examining, start_loading, take_back
from tools import example_deliveries

EXAMPLES = Path(__file__).resolve().parents[2] / "data" / "examples"
OCTOBER = date(2025, 10, 7)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def at_once(work: Callable[[], None]) -> None:
    work()


def sent(kept: Uploads, upload: Upload, *names: str) -> None:
    for name in names:
        path = kept.place()
        path.write_bytes((EXAMPLES / name).read_bytes())
        assert kept.add(upload.id, Sent(name, path, path.stat().st_size))


def examined(kept: Uploads, settings: Settings, *names: str) -> Upload:
    upload = kept.begin()
    sent(kept, upload, *names)
    assert start_examining(kept, upload, settings, OCTOBER, at_once)
    found = kept.get(upload.id)
    assert found is not None
    return found


def test_uploads_are_forgotten_when_their_time_is_out_and_their_files_removed() -> None:
    clock = Clock()
    kept = Uploads(seconds=60, clock=clock)
    upload = kept.begin()
    sent(kept, upload, "ekonomi-september-2025.xlsx")
    known = kept.get(upload.id)
    assert known is not None
    clock.now, version = 61, kept.version
    assert kept.get(upload.id) is None
    assert not known.files[0].path.exists()
    assert kept.version > version - 1


def test_the_oldest_gives_way_but_never_one_that_is_at_work() -> None:
    clock = Clock()
    kept = Uploads(most=2, clock=clock)
    busy, idle = kept.begin(), kept.begin()
    kept.step(busy.id, frozenset({Stage.RECEIVING}), Stage.EXAMINING)
    clock.now = 5
    third = kept.begin()
    assert kept.get(idle.id) is None
    assert kept.get(busy.id) is not None
    kept.step(third.id, frozenset({Stage.RECEIVING}), Stage.LOADING)
    with pytest.raises(IntakeError, match="Vänta en stund"):
        kept.begin()


def test_two_files_of_one_name_get_two_names(tmp_path: Path) -> None:
    kept = Uploads()
    upload = kept.begin()
    for _ in range(3):
        kept.add(upload.id, Sent("uttag.xlsx", tmp_path / "x", 1))
    found = kept.get(upload.id)
    assert found is not None
    assert [file.name for file in found.files] == ["uttag.xlsx", "uttag (2).xlsx", "uttag (3).xlsx"]


def test_the_whole_round_ends_in_one_entry_and_can_be_taken_back(copied: Settings) -> None:
    kept = Uploads()
    faulty = examined(kept, copied, "verksamhet-september-2025-med-fel.xlsx")
    assert faulty.examination is not None
    assert len(faulty.examination.errors) == 8
    start_loading(kept, faulty, copied, "Anna", at_once)
    refused = kept.get(faulty.id)
    assert refused is not None
    assert refused.stage is Stage.EXAMINED
    assert "kan inte läsas in" in refused.message

    right = examined(kept, copied, "verksamhet-september-2025.xlsx", "personal-september-2025.xlsx")
    assert right.examination is not None
    questions = right.examination.questions
    assert len(questions) == 2
    assert answer(kept, right, {questions[0].key: "Stämmer.", "påhittad": "x"}) == 1
    assert answer(kept, right, {questions[1].key: "Influensa."}) == 0
    assert start_loading(kept, right, copied, "Anna", at_once)
    assert not start_loading(kept, right, copied, "Anna", at_once), "loaded once"
    loaded = kept.get(right.id)
    assert loaded is not None
    assert (loaded.stage, loaded.entry, loaded.message) == (Stage.LOADED, 2, "")

    store = Store(copied.snapshots)
    (version,) = versions(store, "medarbetare", Month(2025, 9))
    assert (version.who, version.source, version.entry) == ("Anna", "personal-september-2025.xlsx", 2)
    assert [one.answer for one in version.answers] == ["Influensa."]
    assert version.effective
    assert take_back(copied, 2, "Anna", "Fel månad.") == 3
    (version,) = versions(store, "medarbetare", Month(2025, 9))
    assert (version.effective, version.undone) == (False, 3)


def test_the_same_file_again_changes_nothing_and_says_so(copied: Settings) -> None:
    kept = Uploads()
    name = "ekonomi-september-2025.xlsx"
    start_loading(kept, examined(kept, copied, name), copied, "Anna", at_once)
    again = examined(kept, copied, name)
    assert again.preview is not None
    assert again.preview.changed == ()
    assert [(one.entry, one.stands) for one in again.preview.seen] == [(2, True)]
    start_loading(kept, again, copied, "Anna", at_once)
    found = kept.get(again.id)
    assert found is not None
    assert (found.stage, found.entry) == (Stage.LOADED, None)


def test_a_month_before_any_log_tells_where_it_came_from(demo_settings: Settings) -> None:
    (version,) = versions(Store(demo_settings.snapshots), "bistand", Month(2025, 8))
    assert version.effective
    assert version.origin.value == "synthetic"
    assert version.entry is None


def test_the_examples_are_what_their_tool_makes(tmp_path: Path) -> None:
    example_deliveries.main(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in EXAMPLES.iterdir()
    }


def fault(row: int, column: int, severity: Severity = Severity.ERROR, sheet: str = "Blad") -> Fault:
    place = Place("f.xlsx", sheet, row, column)
    return Fault(Step.FORM, severity, place, "bistand", "", "x", "ett tal", "Fel <här>.", f"{row}/{column}")


def sheet(rows: int, columns: int) -> Examined:
    cells: list[tuple[int, list[Cell]]] = [
        (row, [f"{row}:{column}" for column in range(columns)]) for row in range(1, rows + 1)
    ]
    return Examined("f.xlsx", "0" * 64, 1, (), (RawSheet("Blad", cells),))


def test_a_picture_marks_the_cells_and_stays_small() -> None:
    faults = list(enumerate([fault(row, row % 60) for row in range(2, 20_000, 7)], 1))
    found = picture(sheet(20_000, 60), faults, at=1500)
    assert found is not None
    assert len(found.columns) <= MOST_COLUMNS
    assert sum(1 for line in found.lines if line.number) <= MOST_ROWS
    assert found.shown < found.marked == len(faults)
    pointed = [box for line in found.lines for box in line.boxes if box.here]
    row = 2 + 7 * 1499
    assert [(box.text, box.marks, box.look) for box in pointed] == [(f"{row}:{row % 60}", (1500,), "error")]


def test_a_picture_shows_the_rows_beside_and_marks_whole_rows() -> None:
    found = picture(sheet(9, 3), [(1, fault(4, -1)), (2, fault(8, 1, Severity.QUESTION))])
    assert found is not None
    assert [line.number for line in found.lines] == [3, 4, 5, 0, 7, 8, 9] or [
        line.number for line in found.lines
    ] == [3, 4, 5, 6, 7, 8, 9]
    whole = next(line for line in found.lines if line.number == 4)
    assert (whole.marks, whole.look, whole.here) == ((1,), "error", True)
    assert picture(sheet(3, 3), [(1, fault(0, -1))]) is None


def test_a_copy_holds_the_texts_and_a_comment_for_each_fault() -> None:
    file = Examined("f.xlsx", "0" * 64, 1, (), (RawSheet("Blad", [(1, ["=1+1", 5, date(2025, 9, 1)])]),))
    book = zipfile.ZipFile(io.BytesIO(commented(file, [(1, fault(1, 0)), (2, fault(9, 2))])))
    names = book.namelist()
    comments = "".join(book.read(name).decode() for name in names if "comments" in name)
    assert comments.count("<comment ") == 2
    assert "Fel &lt;här&gt;." in comments
    assert "<f>" not in "".join(book.read(name).decode() for name in names if "worksheets/sheet" in name)
    assert b"=1+1" in book.read("xl/sharedStrings.xml")


def test_a_copy_of_a_large_sheet_holds_the_rows_with_faults() -> None:
    file = sheet(20_000, 12)
    book = zipfile.ZipFile(io.BytesIO(commented(file, [(1, fault(15_000, 3))])))
    texts = book.read("xl/sharedStrings.xml").decode()
    assert "15000:3<" in texts
    assert "14999:3<" not in texts
    assert "bara rubriken" in texts


@pytest.fixture
def bound() -> Iterator[None]:
    yield
    gate._bound.clear()


@pytest.mark.parametrize(
    ("host", "headers", "client", "may"),
    [
        ("127.0.0.1", {"host": "127.0.0.1:8501"}, "127.0.0.1", True),
        ("127.0.0.1", {"host": "localhost:8501"}, None, True),
        ("::1", {"host": "[::1]:8501"}, "::1", True),
        ("127.0.0.1", {"host": "styrkort.tyreso.se"}, "127.0.0.1", False),
        ("127.0.0.1", {"host": "127.0.0.1", "x-forwarded-for": "10.0.0.9"}, "127.0.0.1", False),
        ("0.0.0.0", {"host": "127.0.0.1:8501"}, "127.0.0.1", False),
        ("127.0.0.1", {"host": "127.0.0.1:8501"}, "10.0.0.9", False),
        ("127.0.0.1", {}, "127.0.0.1", False),
        ("", {"host": "127.0.0.1:8501"}, "127.0.0.1", False),
    ],
)
@pytest.mark.usefixtures("bound")
def test_only_whoever_sits_at_the_machine_may_load(
    host: str, headers: dict[str, str], client: str | None, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if host:
        gate.bound_to(host)
    assert gate.may_load(headers, client) is may
    monkeypatch.setenv(gate.SETTING, gate.EVERYONE)
    assert gate.may_load(headers, client) is bool(host), "the setting opens it, where the routes are"
