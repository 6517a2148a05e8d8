"""Uploads by their random id: a bounded number, for a bounded time, in one process, and forgotten when it ends."""

from __future__ import annotations

import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.intake.limits import LIMITS, MEGABYTE

if TYPE_CHECKING:  # numpy comes with them, and whoever only looks at pages needs none
    from dashboard.intake.examination import Examination
    from dashboard.intake.mapping import SenderMapping
    from dashboard.loading import Preview

MOST, SECONDS = 12, 4 * 3600.0
MOST_FILES = 20
MOST_BYTES = 2 * LIMITS.file_bytes  # of one upload


class Stage(StrEnum):
    """How far an upload has come."""

    RECEIVING = "receiving"
    EXAMINING = "examining"
    EXAMINED = "examined"
    LOADING = "loading"
    LOADED = "loaded"


BUSY = frozenset({Stage.EXAMINING, Stage.LOADING})


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent. ``name`` is the sender's; ``path`` is ours."""

    name: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Upload:
    """``message`` is what to tell when the last step failed. ``entry`` is what the load became, None when nothing
    was new. ``dataset`` and ``month`` are what the sender says that the files hold, when the files do not say so.
    ``mappings`` are what somebody has said of a sheet, by (file, sheet); ``afresh`` the files that are not to be read
    as their sender's last ones were.
    """

    id: str
    begun: datetime
    stage: Stage = Stage.RECEIVING
    files: tuple[Sent, ...] = ()
    dataset: str = ""
    month: Month | None = None
    mappings: Mapping[tuple[str, str], SenderMapping] = field(default_factory=lambda: MappingProxyType({}))
    afresh: frozenset[str] = frozenset()
    examination: Examination | None = None
    preview: Preview | None = None
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    who: str = ""
    entry: int | None = None
    message: str = ""

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def answered(self) -> Examination | None:
        """The examination with the answers that have been given since."""
        found = self.examination
        return replace(found, answers=self.answers) if found is not None else None


class Uploads:
    """Safe for many threads at once. The files lie in a folder of this process that goes away with it."""

    def __init__(
        self, most: int = MOST, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._lock = threading.RLock()
        self._kept: dict[str, tuple[Upload, float]] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._version = 0

    def begin(self) -> Upload:
        """A new one; the one untouched for longest gives way. Raises IntakeError when all are at work."""
        with self._lock:
            self._forget_old()
            if len(self._kept) >= self._most:
                idle = [(touched, one.id) for one, touched in self._kept.values() if one.stage not in BUSY]
                if not idle:
                    raise IntakeError("Många leveranser granskas just nu. Vänta en stund och försök igen.")
                self._forget(min(idle)[1])
            upload = Upload(secrets.token_urlsafe(12), datetime.now(UTC))
            self._put(upload)
            return upload

    def get(self, name: str) -> Upload | None:
        """None when there is no such upload any more."""
        with self._lock:
            self._forget_old()
            found = self._kept.get(name)
            return found[0] if found else None

    def all(self) -> tuple[Upload, ...]:
        """Those there are, newest first."""
        with self._lock:
            self._forget_old()
            return tuple(
                sorted((one for one, _ in self._kept.values()), key=lambda one: one.begun, reverse=True)
            )

    def change(self, name: str, **values: Any) -> Upload | None:
        """The upload with some values changed; None when it is gone."""
        with self._lock:
            found = self.get(name)
            if found is None:
                return None
            self._put(replace(found, **values))
            return self._kept[name][0]

    def step(self, name: str, wanted: frozenset[Stage], to: Stage, **values: Any) -> Upload | None:
        """Go to another stage if it is in a wanted one: of two who ask at once, one gets it. None otherwise."""
        with self._lock:
            found = self.get(name)
            if found is None or found.stage not in wanted:
                return None
            return self.change(name, stage=to, message="", **values)

    def add(self, name: str, sent: Sent) -> Upload | None:
        """Take in a file. Raises IntakeError when there are too many; None when the upload is gone or under way."""
        with self._lock:
            found = self.get(name)
            if found is None or found.stage is not Stage.RECEIVING:
                return None
            if len(found.files) >= MOST_FILES:
                raise IntakeError(f"Högst {MOST_FILES} filer kan granskas tillsammans.")
            if found.size + sent.size > MOST_BYTES:
                raise IntakeError(
                    f"Filerna är tillsammans större än {MOST_BYTES // MEGABYTE} MB. Dela upp dem."
                )
            return self.change(name, files=(*found.files, replace(sent, name=_free(sent.name, found.files))))

    def drop(self, name: str) -> None:
        """Forget one, its files too. Says nothing when it is gone already."""
        with self._lock:
            if name in self._kept:
                self._forget(name)

    def place(self) -> Path:
        """A new path to write a file to."""
        with self._lock:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="styrkort-", ignore_cleanup_errors=True)
            return Path(self._folder.name) / secrets.token_hex(12)

    @property
    def version(self) -> int:
        """Another number whenever something has changed: pages that show uploads rest on it."""
        with self._lock:
            self._forget_old()
            return self._version

    def _put(self, upload: Upload) -> None:
        self._kept[upload.id] = (upload, self._clock())
        self._version += 1

    def _forget(self, name: str) -> None:
        upload, _ = self._kept.pop(name)
        self._version += 1
        for file in upload.files:
            with suppress(OSError):
                file.path.unlink(missing_ok=True)

    def _forget_old(self) -> None:
        limit = self._clock() - self._seconds
        old = [one.id for one, touched in self._kept.values() if touched < limit and one.stage not in BUSY]
        for name in old:
            self._forget(name)


def _free(name: str, files: tuple[Sent, ...]) -> str:
    """Two files of one name would be taken for one where faults are told."""
    taken = {file.name for file in files}
    stem, dot, suffix = name.rpartition(".")
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{stem} ({number}).{suffix}" if dot else f"{name} ({number})"
    return found


@cache
def uploads() -> Uploads:
    """Those of this process, for the pages and the routes alike."""
    return Uploads()
