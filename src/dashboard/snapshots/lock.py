"""One writer at a time, by a lock that the operating system gives back when its holder dies.

The file says who holds it, for whoever has to wait; that text decides nothing. Readers never take the lock.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from dashboard.errors import StoreError

WAIT_SECONDS = 10.0
_POLL_SECONDS = 0.02
_BUSY = "En annan inläsning pågår"


@contextmanager
def held(path: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock; wait for it at most ``wait`` seconds.

    Raises StoreError that names the holder when it is not free by then, and when the file cannot be made. Two
    threads of a process exclude each other as two processes do. It cannot be taken again by who has it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(
            f"Det går inte att skriva i {path.parent} ({error.strerror}). "
            "Kontrollera rättigheterna och att disken inte är full."
        ) from error
    try:
        _wait_for(handle, path, wait)
        try:
            _sign(handle)
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(handle, 0)
            _release(handle)
    finally:
        os.close(handle)


def user() -> str:
    """Who runs the program, as the system knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container may have no name for its user
        return "okänd"


def _wait_for(handle: int, path: Path, wait: float) -> None:
    give_up = time.monotonic() + wait
    try:
        while not _take(handle):
            if time.monotonic() >= give_up:
                raise StoreError(_told(path))
            time.sleep(_POLL_SECONDS)
    except OSError as error:
        raise StoreError(
            f"Disken där {path.parent} ligger kan inte låsa filer ({error.strerror}). "
            "Lägg lagret på en disk som kan det, så att två inläsningar inte kan ske samtidigt."
        ) from error


def _sign(handle: int) -> None:
    """Who, where and since when. A full disk must not stop a load here: only the loser's message is poorer."""
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "user": user(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(holder, ensure_ascii=False).encode())


def _told(path: Path) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(holder["since"])
        who = f"{holder['user']} (process {holder['pid']} på {holder['host']}) sedan {since:%Y-%m-%d %H:%M:%S} UTC"
    except (OSError, ValueError, KeyError, TypeError):  # just taken, or being signed at this moment
        return f"{_BUSY}. Vänta tills den är klar och försök igen."
    return f"{_BUSY}: {who}. Vänta tills den är klar och försök igen."


if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading what is locked, so the lock lies far beyond the text.
    _AT = 1 << 30

    def _take(handle: int) -> bool:
        os.lseek(handle, _AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(handle: int) -> None:
        with suppress(OSError):
            os.lseek(handle, _AT, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(handle: int) -> None:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
