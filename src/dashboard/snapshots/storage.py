"""Where bytes live. The store needs few verbs, so an object store can take the folder's place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Protocol

from dashboard.beside import CORES, DISK, beside
from dashboard.errors import StoreError

Piece = Callable[[], tuple[str, bytes]]  # gives a name and its bytes when it is its turn


class Storage(Protocol):
    """Named, immutable pieces of bytes. Names use ``/`` and are relative."""

    def names(self, folder: str = "") -> Iterator[str]:
        """Every complete piece in the folder, in no particular order; no unfinished writes."""
        ...

    def read(self, name: str) -> bytes:
        """The bytes. Raises StoreError when they are gone or cannot be read."""
        ...

    def create(self, name: str, data: bytes) -> None:
        """All of it or nothing, and only if the name is new. Raises StoreError otherwise."""
        ...

    def create_all(self, pieces: Iterable[Piece], *, anew: bool = False) -> Sequence[str]:
        """Each as ``create`` does, made when it is its turn; the names in order.

        When one fails, in being made or written, none is there. Cut off half-way, some may be; ``anew`` takes their
        place.
        """
        ...

    def has(self, name: str) -> bool:
        """Whether the piece is there, complete."""
        ...

    def discard(self, name: str) -> None:
        """Take away a piece that never came to count. Says nothing when it cannot."""
        ...

    def unfinished(self) -> Iterator[str]:
        """What writes that were cut off have left behind."""
        ...


class LocalStorage:
    """A folder on a local or mounted disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self, folder: str = "") -> Iterator[str]:
        if not (self.root / folder).is_dir():
            return
        for place_name, folders, files in os.walk(self.root / folder, onerror=_unreadable):
            folders[:] = [name for name in folders if not name.startswith(".")]
            place = Path(place_name).relative_to(self.root).as_posix()
            prefix = "" if place == "." else f"{place}/"
            for name in files:
                if not name.startswith("."):
                    yield prefix + name

    def read(self, name: str) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise StoreError(
                f"Filen {self.root / name} kan inte läsas ({error.strerror}). "
                "Återställ den från säkerhetskopian eller läs in leveransen igen."
            ) from error

    def create(self, name: str, data: bytes) -> None:
        self.create_all([lambda: (name, data)])

    def create_all(self, pieces: Iterable[Piece], *, anew: bool = False) -> Sequence[str]:
        """Write beside, flush to disk, then give them their names: a reader never sees half a file.

        While the disk is waited for with some pieces others are made, and it is waited for once with many.
        """
        folders: set[str] = set()  # in which names are new
        written: list[str] = []
        named: list[Path] = []

        def write(piece: Piece) -> tuple[str, str]:
            name, data = piece()
            folder = os.path.join(self.root, name.rpartition("/")[0])
            folders.add(folder)
            folders.update(os.path.dirname(new) or os.curdir for new in _made(folder))
            # A module for temporary files takes longer to find a name than the disk to keep a month.
            temporary = os.path.join(folder, f".{os.urandom(8).hex()}.tmp")
            with open(temporary, "xb", buffering=0) as file:
                written.append(temporary)
                _write(file, data)
                os.fsync(file.fileno())
            os.chmod(temporary, 0o444)  # never changed: a stray editor should fail, too
            return name, temporary

        try:
            names = beside(write, pieces, 2 * CORES)  # half of them count while the others wait for the disk
            for name, temporary in names:
                target = self.root / name
                if target.exists():
                    if not anew:
                        raise StoreError(f"Filen {target} finns redan. Ögonblicksbilder skrivs aldrig över.")
                    self.discard(name)
                os.replace(temporary, target)
                named.append(target)
            beside(_sync_folder, folders, DISK)  # a name that is not safe must not count
            written, named = [], []
            return [name for name, _ in names]
        except OSError as error:
            raise StoreError(
                f"Filer i {self.root} kan inte skrivas ({error.strerror}). "
                "Kontrollera att disken inte är full och att mappen får skrivas i."
            ) from error
        finally:
            for left in (*named, *map(Path, written)):
                _away(left)  # what went wrong is already on its way to the user

    def has(self, name: str) -> bool:
        return os.path.exists(
            os.path.join(self.root, name)
        )  # called for every page: pathlib costs more than this

    def discard(self, name: str) -> None:
        _away(self.root / name)

    def unfinished(self) -> Iterator[str]:
        for path in self.root.rglob(".*.tmp"):
            yield path.relative_to(self.root).as_posix()


def _away(path: Path) -> None:
    """Take a file away, if that can be done. Windows wants it to be writable first."""
    with suppress(OSError):
        if os.name == "nt":
            path.chmod(0o666)
        path.unlink(missing_ok=True)


def _write(file: FileIO, data: bytes) -> None:
    """All of it: the system may take less than it is given."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _unreadable(error: OSError) -> None:
    raise StoreError(f"Mappen {error.filename} kan inte läsas ({error.strerror}). Kontrollera rättigheterna.")


def _made(folder: str) -> list[str]:
    """Make the folder and those above it; the new ones."""
    new: list[str] = []
    missing = folder
    while missing and not os.path.isdir(missing):
        new.append(missing)
        above = os.path.dirname(missing)
        if above == missing:  # a drive that is not there: making it says so
            break
        missing = above
    for one in reversed(new):
        with suppress(FileExistsError):  # another piece needed it, too
            os.mkdir(one)
    return new


def _sync_folder(folder: str) -> None:
    """The new name itself must survive a power cut. Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
