"""The store keeps every delivery, changes none, and notices when a file is not as it was written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from io import FileIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.errors import DashboardError, DataError, StoreError
from dashboard.snapshots.entries import Entry, EntryKind
from dashboard.snapshots.files import Delivery, SnapshotFile, fingerprint_of, sha12_of
from dashboard.snapshots.storage import LocalStorage
from dashboard.snapshots.store import Store

AUGUST = Month(2025, 8)
START = datetime(2025, 9, 10, 6, tzinfo=UTC)


def table(count: int, month: Month = AUGUST) -> pa.Table:
    row = {"month": month.first_day, "unit": "barn-ungdom-1", "antal": count}
    lines = [{**row, "reason": reason} for reason in ("vald", "ovrigt")]
    return pa.Table.from_pylist(lines, schema=CONTRACTS["anmalningar"].schema)


def delivery(count: int, known_from: datetime = START, month: Month = AUGUST) -> Delivery:
    return Delivery(
        dataset="anmalningar",
        month=month,
        table=table(count, month),
        origin=Origin.IMPORTED,
        known_from=known_from,
        source_name="anmälningar augusti.xlsx",
        source_sha256="ab" * 32,
        loaded_by="test",
        loaded_at=known_from,
        checks={"kontrakt": "uppfyllt"},
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


def on_disk(store: Store) -> dict[str, bytes]:
    return {
        path.relative_to(store.root).as_posix(): path.read_bytes()
        for path in store.root.rglob("*")
        if path.is_file()
    }


def test_an_empty_store_is_no_error(store: Store) -> None:
    assert store.current() == ()
    assert store.verify() == []


def test_a_delivery_comes_back_as_written_and_says_what_it_is(store: Store) -> None:
    file = store.write(delivery(3))
    assert file.name == f"anmalningar/2025-08/20250910T060000Z-{file.sha12}.parquet"
    assert store.path(file).read_bytes() == on_disk(store)[file.name]
    assert [row["reason"] for row in store.read(file).to_pylist()] == ["ovrigt", "vald"]
    footer = store.footer(file)
    assert footer["origin"] == "imported"
    assert footer["source_name"] == "anmälningar augusti.xlsx"
    assert (footer["rows"], footer["loaded_by"], footer["month"]) == (2, "test", "2025-08")
    assert footer["checks"] == {"kontrakt": "uppfyllt"}


def test_the_same_delivery_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "a"), Store(tmp_path / "b")
    first.write(delivery(3))
    turned = delivery(3)
    second.write(replace(turned, table=turned.table.take([1, 0])))
    assert on_disk(first) == on_disk(second)


def test_deliveries_are_added_never_changed(store: Store) -> None:
    store.write(delivery(3))
    before = on_disk(store)
    store.write(delivery(4, START + timedelta(days=1)))
    after = on_disk(store)
    assert len(after) == 2
    assert before.items() <= after.items()


def test_the_same_content_again_is_not_kept_twice(store: Store) -> None:
    first = store.write(delivery(3))
    assert store.write(delivery(3, START + timedelta(days=3))) == first
    assert len(on_disk(store)) == 1


def test_imported_figures_replace_synthetic_ones_even_when_they_are_equal(store: Store) -> None:
    store.write(replace(delivery(3), origin=Origin.SYNTHETIC))
    file = store.write(delivery(3, START + timedelta(days=1)))
    assert store.footer(file)["origin"] == "imported"
    assert store.current() == (file,)


def test_going_back_to_an_earlier_value_is_news(store: Store) -> None:
    for day, count in enumerate((3, 4, 3)):
        store.write(delivery(count, START + timedelta(days=day)))
    assert len(store.files()) == 3


def test_as_of_gives_what_was_known_that_day(store: Store) -> None:
    first = store.write(delivery(3))
    later = store.write(delivery(4, START + timedelta(days=5)))
    july = store.write(delivery(9, START + timedelta(days=2), Month(2025, 7)))
    assert store.current(START - timedelta(seconds=1)) == ()
    assert store.current(START) == (first,)
    assert store.current(START + timedelta(days=4)) == (july, first)
    assert store.current() == (july, later)
    with pytest.raises(ValueError, match="time zone"):
        store.current(datetime(2025, 9, 10))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=8), st.integers(-1, 31)
)
def test_as_of_agrees_with_replaying_the_deliveries(
    tmp_path_factory: pytest.TempPathFactory, deliveries: list[tuple[int, int]], asked: int
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    known: dict[int, int] = {}
    for day, count in sorted(dict(deliveries).items()):
        store.write(delivery(count, START + timedelta(days=day)))
        if day <= asked:
            known[0] = count
    files = store.current(START + timedelta(days=asked))
    assert [store.read(file)["antal"][0].as_py() for file in files] == list(known.values())


def test_two_different_deliveries_cannot_share_a_moment(store: Store) -> None:
    store.write(delivery(3))
    with pytest.raises(StoreError, match="har redan tidpunkten"):
        store.write(delivery(4))
    assert len(on_disk(store)) == 1


def test_a_delivery_that_breaks_its_contract_leaves_the_store_as_it_was(store: Store) -> None:
    with pytest.raises(DataError) as refused:
        store.write(replace(delivery(3), table=table(-3)))
    assert refused.value.faults == ("antal: -3 är under 0",)
    with pytest.raises(DataError, match="finns inte i katalogen"):
        store.write(delivery(3), kinds={"cai": "enhet"})
    with pytest.raises(DataError, match="datamängden 'annat' finns inte"):
        store.write(replace(delivery(3), dataset="annat"))
    assert on_disk(store) == {}


def test_a_write_that_is_cut_off_leaves_nothing_that_counts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(delivery(3))
    before = on_disk(store)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.snapshots.storage.os.replace", fail)
    with pytest.raises(StoreError, match="disken"):
        store.write(delivery(4, START + timedelta(days=1)))
    assert on_disk(store) == before


def test_a_disk_that_takes_a_little_at_a_time_gets_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(FileIO):
        def write(self, data: Any) -> int:
            return super().write(memoryview(data)[:3])

    monkeypatch.setattr(
        "dashboard.snapshots.storage.open", lambda path, mode, **_: Slow(path, mode), raising=False
    )
    LocalStorage(tmp_path).create("a/b", b"elva tecken")
    assert (tmp_path / "a" / "b").read_bytes() == b"elva tecken"
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o444


def test_a_folder_is_made_where_the_program_was_started_and_a_place_that_cannot_be_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    LocalStorage(Path("ny")).create("a/b", b"x")
    LocalStorage(Path()).create("c/d", b"y")
    assert (tmp_path / "ny" / "a" / "b").read_bytes() == b"x"
    assert (tmp_path / "c" / "d").read_bytes() == b"y"
    monkeypatch.setattr("os.path.isdir", lambda path: False)  # as on a drive that is not there
    monkeypatch.setattr("os.mkdir", lambda path: (_ for _ in ()).throw(OSError(2, "No such drive")))
    with pytest.raises(StoreError, match="No such drive"):
        LocalStorage(Path("/borta")).create("a/b", b"x")


def test_a_refused_first_delivery_does_not_begin_the_log(store: Store) -> None:
    wrong = replace(delivery(3), table=table(-1))
    with pytest.raises(DataError, match="under 0"):
        store.commit([wrong], Entry(0, EntryKind.LOAD, START, "test"))
    assert not store.log.begun()
    file = store.write(delivery(3))
    assert store.current() == (file,)


def test_months_that_differ_in_what_may_be_null_are_kept_together(store: Store) -> None:
    loose = table(2, Month(2025, 7)).cast(
        pa.schema([field.with_nullable(True) for field in CONTRACTS["anmalningar"].schema])
    )
    july = replace(delivery(2, month=Month(2025, 7)), table=loose)
    store.commit([july, delivery(3)], Entry(0, EntryKind.LOAD, START, "test"))
    assert [file.month for file in store.current()] == [Month(2025, 7), AUGUST]


def test_of_two_deliveries_of_a_month_at_once_neither_goes_unchecked(store: Store) -> None:
    wrong = replace(delivery(3), table=table(-1))
    draft = Entry(0, EntryKind.LOAD, START, "test")
    for both in ([wrong, delivery(3)], [delivery(3), wrong]):
        with pytest.raises(DataError, match="under 0"):
            store.commit(both, draft)
        assert list(store.strays()) == []


def test_unfinished_files_are_not_read(store: Store) -> None:
    file = store.write(delivery(3))
    (store.path(file).parent / ".half.tmp").write_bytes(b"PAR1")
    assert store.current() == (file,)
    assert store.verify() == []


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    storage.create("a/b", b"first")
    with pytest.raises(StoreError, match="skrivs aldrig över"):
        storage.create("a/b", b"second")
    assert storage.read("a/b") == b"first"
    assert list(storage.names()) == ["a/b"]


def test_pieces_that_are_created_together_are_all_there_or_none_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = LocalStorage(tmp_path)
    storage.create("m12/b", b"first")

    def create(numbers: Iterable[int], *, anew: bool = False) -> Sequence[str]:
        folders = [f"m{number:02d}" for number in numbers]
        return storage.create_all([partial(piece, folder) for folder in folders], anew=anew)

    def piece(folder: str) -> tuple[str, bytes]:
        if folder == "m99":
            raise DataError("Kan inte göras.", ["fel"])
        return f"{folder}/b", b"new"

    for wrong, fault in ((range(40), "skrivs aldrig över"), ([1, 2, 99, 3], "Kan inte göras")):
        with pytest.raises(DashboardError, match=fault):
            create(wrong)
        assert list(storage.names()) == ["m12/b"]
        assert list(storage.unfinished()) == []
    assert create([3, 1, 2]) == ["m03/b", "m01/b", "m02/b"], "in the order asked for"
    assert create(range(4, 40), anew=True)[8] == "m12/b"
    assert {storage.read(name) for name in storage.names()} == {b"new"}
    assert len(list(storage.names())) == 39


def test_of_many_files_the_damaged_are_told_and_the_others_kept_in_order(store: Store) -> None:
    files = [store.write(delivery(3 + day, START + timedelta(days=day))) for day in range(2)]
    damaged = store.write(delivery(9, START + timedelta(days=9)))
    path = store.path(damaged)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    sound, faults = store.origins([damaged, *files])
    assert list(sound) == files
    assert [damaged.name in str(fault) for fault in faults] == [True]


def test_a_stray_file_is_not_passed_over(store: Store) -> None:
    file = store.write(delivery(3))
    stray = store.path(file).parent / "kopia.parquet"
    stray.write_bytes(b"")
    with pytest.raises(StoreError, match=r"kopia\.parquet hör inte hemma"):
        store.current()
    assert len(store.verify()) == 1


def test_a_file_that_is_gone_is_an_error_when_read(store: Store) -> None:
    file = store.write(delivery(3))
    store.path(file).unlink()
    with pytest.raises(StoreError, match="Återställ den från säkerhetskopian"):
        store.read(file)


def rewritten(store: Store, file: SnapshotFile, content: pa.Table) -> SnapshotFile:
    """Put other content under a name whose hash is right: only the footer or the schema can tell."""
    sink = io.BytesIO()
    pq.write_table(content, sink)
    data = sink.getvalue()
    store.path(file).unlink()
    other = SnapshotFile(file.dataset, file.month, file.known_from, sha12_of(data))
    store.path(other).write_bytes(data)
    return other


def damages() -> Iterator[tuple[str, str]]:
    yield "one byte", "innehållet stämmer inte med namnet"
    yield "cut short", "innehållet stämmer inte med namnet"
    yield "no footer", "saknar fot"
    yield "other month", "ligger fel"
    yield "other columns", "andra kolumner"
    yield "no parquet", "inte en läsbar Parquetfil"
    yield "contract", "bryter mot kontraktet: antal: -1 är under 0"
    yield "rows", "1 rader, foten säger 2"
    yield "version", "följer version 1"


@pytest.mark.parametrize(("damage", "message"), list(damages()), ids=[name for name, _ in damages()])
def test_verify_finds_each_kind_of_damage(
    store: Store, damage: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = store.write(delivery(3))
    sound = store.write(delivery(5, START, Month(2025, 7)))
    path = store.path(file)
    data, stored = path.read_bytes(), pq.read_table(path)
    path.chmod(0o644)
    match damage:
        case "one byte":
            path.write_bytes(data[:40] + bytes([data[40] ^ 1]) + data[41:])
        case "cut short":
            path.write_bytes(data[: len(data) // 2])
        case "no footer":
            rewritten(store, file, stored.replace_schema_metadata(None))
        case "other month":
            wrong = SnapshotFile(file.dataset, Month(2025, 6), file.known_from, file.sha12)
            store.path(wrong).parent.mkdir()
            path.rename(store.path(wrong))
        case "other columns":
            rewritten(store, file, stored.append_column("mer", pa.array([1, 2])))
        case "no parquet":
            path.unlink()
            other = SnapshotFile(file.dataset, file.month, file.known_from, sha12_of(b"hej"))
            store.path(other).write_bytes(b"hej")
        case "contract":
            broken = table(-1).replace_schema_metadata(stored.schema.metadata)
            rewritten(store, file, broken)
        case "rows":
            rewritten(store, file, stored.slice(0, 1))
        case "version":
            newer = replace(CONTRACTS["anmalningar"], version=2)
            store.path(sound).unlink()
            monkeypatch.setattr(
                "dashboard.snapshots.files.CONTRACTS", {**CONTRACTS, "anmalningar": newer}, raising=True
            )
    faults = store.verify()
    assert len(faults) == 1
    assert message in faults[0]
    assert "anmalningar/2025-0" in faults[0]


def test_fingerprint_follows_the_files_in_effect_not_their_order(store: Store) -> None:
    store.write(delivery(3))
    july = store.write(delivery(1, START, Month(2025, 7)))
    files = store.current()
    assert fingerprint_of(files) == fingerprint_of(reversed(files))
    before = fingerprint_of(files)
    store.write(delivery(2, START + timedelta(days=1), Month(2025, 7)))
    assert fingerprint_of(store.current()) != before
    assert july not in store.current()
