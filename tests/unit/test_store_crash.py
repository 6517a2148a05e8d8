"""A load that is killed has happened or has not: after hundreds of kills, and for whoever reads meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.snapshots.store import Store
from tests.crash import numbers

KILLS = int(os.environ.get("DASHBOARD_CRASH_KILLS", "200"))  # thousands for a night
HOME = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a disk: most of a load is then our own steps, and not the disk's."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)


class Reader(threading.Thread):
    """Reads whatever is in effect in the newest store, over and over."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.folder, self.done = folder, threading.Event()
        self.looks, self.seen, self.faults = 0, set[int](), list[str]()

    def run(self) -> None:
        last: tuple[Path | None, int] = (None, 0)
        while not self.done.is_set():
            newest = max(self.folder.iterdir(), default=None)
            if newest is None:
                continue
            try:
                said = max(numbers(Store(newest / "snapshots")), default=0)
                if last[0] == newest and said < last[1]:
                    self.faults.append(f"{said} after {last[1]}")
                last = (newest, said)
                self.seen.add(said)
            except Exception as error:  # any failure of a reader is what the test is about
                self.faults.append(repr(error))
            self.looks += 1


def test_a_load_that_is_killed_leaves_the_store_before_or_after_and_readers_never_notice(
    quick_folder: Path,
) -> None:
    reader = Reader(quick_folder)
    reader.start()
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", str(quick_folder), str(KILLS), "20250910"],
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": str(HOME / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    reader.done.set()
    reader.join()
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["kills"] == KILLS
    assert found["cut_off"] > 0  # some kills did hit the middle of a load
    assert found["loads"] > 0
    assert reader.faults == []
    assert reader.looks > 0
