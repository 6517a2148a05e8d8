"""The log of deliveries: what counts, since when, and what happens when a step cannot be done."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.domain.model import Origin
from dashboard.errors import DataError, StoreError
from dashboard.snapshots import entries, lock, storage
from dashboard.snapshots.entries import Entry, EntryKind
from dashboard.snapshots.files import Delivery, SnapshotFile, fingerprint_of
from dashboard.snapshots.storage import LocalStorage
from dashboard.snapshots.store import LOCK, Store
from tests.deliveries import AUGUST, JULY, table

START = datetime(2025, 9, 10, 6, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


def delivery(number: int, at: datetime, dataset: str = "arbetsmarknad") -> Delivery:
    rows: dict[tuple[str, ...], int]
    rows = {("team-vux",): number} if dataset == "arbetsmarknad" else {("barn-ungdom-1", "vald"): number}
    return Delivery(
        dataset,
        AUGUST,
        table(dataset, AUGUST, rows),
        Origin.IMPORTED,
        at,
        "uttag.xlsx",
        "ab" * 32,
        "test",
        at,
    )


def commit(store: Store, number: int, at: datetime = START, reason: str = "") -> Entry:
    """One delivery of two datasets that say the same number."""
    with store.writing():
        at = store.next_moment(at)
        both = [delivery(number, at), delivery(number, at, "anmalningar")]
        return store.commit(both, Entry(0, EntryKind.LOAD, at, "test", reason=reason))


def said(store: Store, as_of: date | None = None) -> set[int]:
    columns = {"arbetsmarknad": "avslutade", "anmalningar": "antal"}
    files = store.current(as_of)
    return {row[columns[file.dataset]] for file in files for row in store.read(file).to_pylist()}


def on_disk(store: Store) -> dict[str, bytes]:
    return {
        path.relative_to(store.root).as_posix(): path.read_bytes()
        for path in store.root.rglob("*")
        if path.is_file() and path.name != LOCK
    }


# --- What counts ------------------------------------------------------------------------------------------


def test_a_delivery_counts_from_its_entry_and_each_earlier_moment_is_still_there(store: Store) -> None:
    first = commit(store, 3)
    second = commit(store, 4, START + timedelta(days=5))
    assert (first.number, second.number) == (2, 3)  # the first entry took in what there was: nothing
    assert said(store) == {4}
    assert said(store, START - timedelta(seconds=1)) == set()
    assert said(store, START) == {3}
    assert said(store, START + timedelta(days=5) - timedelta(seconds=1)) == {3}
    assert said(store, START + timedelta(days=5)) == {4}
    assert said(store, date(2025, 9, 14)) == {3}
    assert said(store, date(2025, 9, 15)) == {4}
    assert store.known().moment == second.known_from
    assert store.known(date(2025, 9, 12)).moment == START
    assert store.verify() == []
    with pytest.raises(ValueError, match="time zone"):
        store.current(datetime(2025, 9, 10))


def test_the_files_of_a_store_without_a_log_keep_their_own_times(store: Store) -> None:
    old = store.write(delivery(1, START))
    newer = store.write(delivery(2, START + timedelta(days=2)))
    assert store.history() == ()
    commit(store, 3, START + timedelta(days=9))
    base = store.history()[0]
    assert (base.kind, base.files) == (EntryKind.BASE, (old, newer))
    assert store.current(START) == (old,)
    assert store.current(START + timedelta(days=3)) == (newer,)
    assert store.known(START + timedelta(days=3)).moment == newer.known_from
    assert store.known(START - timedelta(days=3)).moment is None
    assert said(store) == {3}


def test_a_snapshot_that_no_entry_names_counts_for_nothing_and_is_told(store: Store) -> None:
    commit(store, 3)
    stray = SnapshotFile("anmalningar", JULY, START, "0123456789ab")
    LocalStorage(store.root).create(stray.name, b"what a load that was cut off left behind")
    (store.root / "anmalningar" / ".half.tmp").write_bytes(b"PAR1")
    assert said(store) == {3}
    assert store.strays() == ["anmalningar/.half.tmp", stray.name]
    assert store.verify() == []


def test_a_retry_in_the_same_second_takes_over_what_a_cut_off_load_wrote(store: Store) -> None:
    commit(store, 3)
    at = store.next_moment(START)
    twin = Store(store.root.parent / "twin")
    commit(twin, 3)
    commit(twin, 4, at)
    left = {name: data for name, data in on_disk(twin).items() if name.endswith(".parquet")}
    missing = left.keys() - on_disk(store).keys()
    for name in missing:
        LocalStorage(store.root).create(name, left[name])
    assert len(store.strays()) == len(missing) == 2
    commit(store, 4, at)
    assert store.strays() == []
    assert said(store) == {4}
    assert on_disk(store) == on_disk(twin)


def test_a_store_with_deliveries_takes_nothing_by_the_back_door(store: Store) -> None:
    commit(store, 3)
    before = on_disk(store)
    assert store.write(delivery(3, START)) in store.files()  # what it already holds is no news
    with pytest.raises(StoreError, match="dashboard import"):
        store.write(delivery(5, START + timedelta(days=1)))
    assert on_disk(store) == before


def test_times_rise_even_when_a_clock_has_gone_back(store: Store) -> None:
    numbers = [commit(store, number, START - timedelta(days=number)) for number in range(3)]
    times = [entry.known_from for entry in numbers]
    assert times == sorted(set(times))
    assert said(store, times[1]) == {1}
    with pytest.raises(ValueError, match="later than"):
        store.commit([], Entry(0, EntryKind.LOAD, START - timedelta(days=9), "test"))


def test_a_long_log_is_looked_up_and_not_read_from_its_beginning(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "LIST_EVERY", 8)
    moments = [commit(store, number).known_from for number in range(30)]
    read: list[str] = []
    really = LocalStorage.read

    def counted(self: LocalStorage, name: str) -> bytes:
        read.append(name)
        return really(self, name)

    monkeypatch.setattr(LocalStorage, "read", counted)
    fresh = Store(store.root)
    assert len(fresh.current()) == 2
    assert len(read) <= 8
    read.clear()
    fresh.current(moments[11])
    assert len(read) <= 8 + 5  # halving 31 entries, then back to the last list
    assert [said(store, moment) for moment in moments] == [{number} for number in range(30)]
    assert store.verify() == []
    now = fingerprint_of(store.current())
    read.clear()
    known = fresh.known()
    assert (known.fingerprint, known.moment) == (now, moments[-1])
    assert read == [entries.name_of(31)], "what was built from all that is in effect is found from one entry"


def test_what_is_known_names_the_files_in_effect_also_where_older_entries_do_not(store: Store) -> None:
    store.write(delivery(1, START - timedelta(days=9), "anmalningar"))
    moments = [START - timedelta(days=99), START - timedelta(days=9)]
    moments += [commit(store, number).known_from for number in range(4)]
    left = {key: file for key, file in store.state().items() if key[0] == "anmalningar"}
    gone = dict.fromkeys(store.state().keys() - left.keys())
    store.log.append(Entry(0, EntryKind.UNDO, store.next_moment(START), "test", gone), left)
    moments += [store.history()[-1].known_from]
    for number in (3, 5, 6):
        known = [store.known(moment) for moment in moments]
        assert [one.fingerprint for one in known] == [fingerprint_of(store.current(one)) for one in moments]
        assert [one.files for one in known] == [store.current(moment) for moment in moments]
        assert [one.moment for one in known] == [None, *moments[1:]]
        rewritten(store, number, after="")


def test_what_is_known_stays_what_was_known_when_a_delivery_comes_before_its_files_are_asked_for(
    store: Store,
) -> None:
    commit(store, 1)
    known, files = store.known(), store.current()
    commit(store, 2)
    assert known.files == files != store.current()


def test_a_delivery_that_breaks_its_contract_or_that_nobody_can_serve_leaves_nothing(store: Store) -> None:
    commit(store, 3)
    before = on_disk(store)
    at = store.next_moment(START)
    wrong = replace(delivery(4, at), table=table("arbetsmarknad", AUGUST, {("team-vux",): -4}))
    with pytest.raises(DataError, match="under 0"):
        store.commit([delivery(4, at, "anmalningar"), wrong], Entry(0, EntryKind.LOAD, at, "test"))

    def full(files: object) -> None:
        raise StoreError("Databasen kunde inte byggas")

    with pytest.raises(StoreError, match="Databasen"):
        store.commit([delivery(4, at)], Entry(0, EntryKind.LOAD, at, "test"), prepare=full)
    assert on_disk(store) == before


# --- Steps that cannot be done ----------------------------------------------------------------------------

STEPS = ("os.fsync", "os.chmod", "os.replace", "open", "_write", "os.open")


class Failing:
    """Fails the call with this number, as the system does."""

    def __init__(self, really: Callable[..., object], number: int, code: int) -> None:
        self.really, self.left, self.code = really, number, code

    def __call__(self, *given: object, **named: object) -> object:
        self.left -= 1
        if self.left == 0:
            raise OSError(self.code, os.strerror(self.code))
        return self.really(*given, **named)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS], ids=["full", "read-only"])
@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_says_no_at_any_step_leaves_the_store_as_it_was(
    store: Store, step: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(store, 3)
    before = on_disk(store)
    own: dict[str, Callable[..., object]] = {"open": open, "_write": storage._write}
    really = own.get(step) or getattr(os, step.removeprefix("os."))
    refused = 0
    for number in range(1, 40):
        with monkeypatch.context() as patch:
            patch.setattr(f"dashboard.snapshots.storage.{step}", Failing(really, number, code), raising=False)
            try:
                commit(store, 4)
                break
            except StoreError as error:
                refused, told = refused + 1, str(error)
        assert os.strerror(code) in told
        assert "disk" in told
        assert on_disk(store) == before
        assert said(store) == {3}
    assert refused >= 3  # two months and the entry, at least
    assert said(store) == {4}
    assert store.verify() == []


def test_an_interrupt_after_the_entry_has_its_name_takes_nothing_away(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(store, 3)
    really = LocalStorage.create

    def interrupted(self: LocalStorage, name: str, data: bytes) -> None:
        really(self, name, data)
        if name.startswith(entries.FOLDER):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(LocalStorage, "create", interrupted)
        with pytest.raises(KeyboardInterrupt):
            commit(store, 4)
    assert said(store) == {4}
    assert store.verify() == []


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("a file in the way")
    with pytest.raises(StoreError, match="Det går inte att skriva"):
        commit(Store(tmp_path / "snapshots"), 3)


# --- Damage -----------------------------------------------------------------------------------------------


def rewritten(store: Store, number: int, **changes: object) -> None:
    """An entry changed by somebody who knows how its own hash is made."""
    path = store.root / entries.name_of(number)
    told = json.loads(path.read_bytes())
    told.update(changes)
    told.pop("sha256")
    told["sha256"] = entries._hash(told)
    path.chmod(0o644)
    path.write_text(json.dumps(told))


DAMAGES = {
    "byte": "kontrollsumma",
    "no json": "går inte att läsa",
    "gone": "Leverans 2 saknas",
    "link": "följer inte på",
    "time": "inte senare än",
    "list": "räknar upp annat",
    "after": "säger att annat gäller",
    "file": "saknas, men en leverans räknar med den",
    "stranger": "hör inte hemma bland leveranserna",
    "program": "annat program",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_verify_finds_each_kind_of_damage_to_the_log(store: Store, damage: str) -> None:
    entry = commit(store, 3)
    commit(store, 4)
    path = store.root / entry.name
    path.chmod(0o644)
    match damage:
        case "byte":
            path.write_text(path.read_text().replace('"test"', '"tost"'))
        case "no json":
            path.write_text("{")
        case "gone":
            path.unlink()
        case "link":
            rewritten(store, 2, who="någon annan")
        case "time":
            rewritten(store, 3, known_from=START.isoformat())
        case "list":
            rewritten(store, 3, standing=[])
        case "after":
            rewritten(store, 3, after="0" * 16)
        case "file":
            store.path(store.current()[0]).unlink()
        case "stranger":
            (store.root / entries.FOLDER / "anteckningar.txt").write_text("")
        case "program":
            rewritten(store, 3, version=9)
    faults = store.verify()
    assert any(DAMAGES[damage] in fault for fault in faults), faults


# --- One writer at a time ---------------------------------------------------------------------------------


def _hold(path: Path, ready: object, done: object) -> None:
    with lock.held(path):
        ready.set()  # type: ignore[attr-defined]
        done.wait(20)  # type: ignore[attr-defined]


def test_a_second_writer_is_told_who_holds_the_lock_and_gets_it_when_that_process_dies(store: Store) -> None:
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(store.root / LOCK, ready, done))
    holder.start()
    assert ready.wait(30)
    before = on_disk(store)
    with pytest.raises(StoreError, match=f"process {holder.pid} på") as refused, store.writing(wait=0.05):
        pytest.fail("two writers at once")
    assert lock.user() in str(refused.value)
    assert store.current() == ()  # a reader does not wait
    holder.kill()
    holder.join()
    with store.writing(wait=10):
        assert on_disk(store) == before


def test_two_threads_write_one_after_the_other_and_nothing_is_lost(store: Store) -> None:
    faults: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 5):
                commit(store, number)
        except BaseException as error:  # told by the test
            faults.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert len(said(store)) <= 1
        time.sleep(0.001)
    assert faults == []
    assert store.log.count() == 11
    assert store.verify() == []


def test_a_disk_without_locks_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(handle: int) -> bool:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_take", no_locks)
    with pytest.raises(StoreError, match="kan inte låsa filer"), store.writing():
        pytest.fail("no lock was taken")
