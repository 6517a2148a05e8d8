"""Where bytes live. The store needs few verbs, so an object store can take the folder's place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from dashboard.errors import StoreError
from dashboard.snapshots.beside import CORES, DISK, beside

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

    def create_all(
        self, pieces: Iterable[Piece], folders: Iterable[str], *, anew: bool = False
    ) -> Sequence[str]:
        """Each as ``create`` does, made when it is its turn; the names in order. ``folders`` are where they will lie.

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
        self.create_all([lambda: (name, data)], [name.rpartition("/")[0]])

    def create_all(
        self, pieces: Iterable[Piece], folders: Iterable[str], *, anew: bool = False
    ) -> Sequence[str]:
        """Write beside, flush to disk, then give them their names: a reader never sees half a file.

        While the disk is waited for with some pieces others are made, and it is waited for once with many.
        """
        places = list(dict.fromkeys(self.root / folder for folder in folders))
        written: list[str] = []
        named: list[Path] = []

        def write(piece: Piece) -> tuple[str, str]:
            name, data = piece()
            target = self.root / name
            with tempfile.NamedTemporaryFile(
                dir=target.parent, prefix=".", suffix=".tmp", delete=False
            ) as file:
                written.append(file.name)
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(file.name, 0o444)  # never changed: a stray editor should fail, too
            return name, file.name

        try:
            _make_folders(places)
            names = beside(write, pieces, 2 * CORES)  # half of them count while the others wait for the disk
            for name, temporary in names:
                target = self.root / name
                if target.exists():
                    if not anew:
                        raise StoreError(f"Filen {target} finns redan. Ögonblicksbilder skrivs aldrig över.")
                    self.discard(name)
                os.replace(temporary, target)
                named.append(target)
            beside(_sync_folder, places, DISK)  # a name that is not safe must not count
            written, named = [], []
            return [name for name, _ in names]
        except OSError as error:
            what = f"Filer i {self.root / places[0] if len(places) == 1 else self.root}"
            raise StoreError(
                f"{what} kan inte skrivas ({error.strerror}). "
                "Kontrollera att disken inte är full och att mappen får skrivas i."
            ) from error
        finally:
            for left in (*named, *map(Path, written)):
                with suppress(OSError):  # what went wrong is already on its way to the user
                    left.unlink(missing_ok=True)

    def has(self, name: str) -> bool:
        return os.path.exists(
            os.path.join(self.root, name)
        )  # called for every page: pathlib costs more than this

    def discard(self, name: str) -> None:
        with suppress(OSError):
            (self.root / name).unlink(missing_ok=True)

    def unfinished(self) -> Iterator[str]:
        for path in self.root.rglob(".*.tmp"):
            yield path.relative_to(self.root).as_posix()


def _unreadable(error: OSError) -> None:
    raise StoreError(f"Mappen {error.filename} kan inte läsas ({error.strerror}). Kontrollera rättigheterna.")


def _make_folders(folders: Iterable[Path]) -> None:
    """The folders and those above them; new ones must survive a power cut, too."""
    new: set[Path] = set()
    for folder in folders:
        missing = folder
        while missing not in new and not missing.is_dir():
            new.add(missing)
            missing = missing.parent
    for folder in sorted(new, key=lambda one: len(one.parts)):
        folder.mkdir(exist_ok=True)
    beside(_sync_folder, {folder.parent for folder in new}, DISK)


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut. Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
