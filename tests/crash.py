"""Kill a process that loads, again and again, at moments nobody chose, and look at the store after each.

Run as a program of its own (``python -m tests.crash FOLDER KILLS SEED``): it forks, and must have one thread.
Prints one line of JSON. Every load says its own number in three months of two datasets, so that half a load,
a lost one or one too many all show.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

import pyarrow.compute
import pyarrow.parquet  # noqa: F401  # loaded before the fork, not in each child

from dashboard.loading import Approval, load, verify
from dashboard.snapshots.store import Store
from tests.deliveries import whole

EACH = 12  # kills before a new store: each look reads all that is in it
LONGEST = 0.08  # seconds from the child's first load to the kill: about as long as a load takes


def numbers(store: Store) -> set[int]:
    """What the months in effect say: one number, or none at all in an empty store."""
    said: set[int] = set()
    state = store.current()
    for file in state:
        table = store.read(file)
        said |= set(table["antal" if file.dataset == "anmalningar" else "inskrivna"].to_pylist())
    if state and len(state) != 3:
        raise RuntimeError(f"half a delivery: {[file.name for file in state]}")
    if len(said) > 1:
        raise RuntimeError(f"a mixture: {said}")
    return said


def load_for_ever(store: Store) -> None:
    while True:
        load(store, whole(max(store.log.count(), 1) + 1), Approval("krasch"))


def kill_while_loading(store: Store, after: float) -> None:
    started, starts = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(starts, b"!")
            load_for_ever(store)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(3)  # only a fault ends it
    os.read(started, 1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(started)
    os.close(starts)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the loading process ended by itself: {status}")


def look(store: Store, before: int) -> tuple[int, int]:
    """Entries and strays after a kill; raises when the store is neither as before nor as after."""
    count = store.log.count()
    said = numbers(store)
    expected = {count} if count > 1 else set()  # the first entry takes in what there was: nothing
    if said != expected or count < before:
        raise RuntimeError(f"entry {count} (was {before}) but the months say {said}")
    found = verify(store)
    if found.faults:
        raise RuntimeError("; ".join(found.faults))
    return count, len(found.strays)


def main(folder: Path, kills: int, seed: int) -> dict[str, int]:
    chance = random.Random(seed)
    whole(1)  # what pyarrow imports at its first table is then there in every child
    loads = strays = with_strays = 0
    for kill in range(kills):
        if kill % EACH == 0:
            store, count, left = Store(folder / f"{kill // EACH:03d}" / "snapshots"), 0, 0
        kill_while_loading(store, chance.uniform(0, LONGEST))
        before, had = count, left
        count, left = look(store, before)
        loads += count - before
        strays += left - had
        with_strays += left > had
    return {"kills": kills, "loads": loads, "strays": strays, "cut_off": with_strays}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))), flush=True)
    os._exit(0)  # Arrow's threads do not survive so many forks, and now and then end the process with a fault
