"""Where things lie. Two folders only: what people write (``data``) and what is built from it (``var``)."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import DashboardError


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` holds the catalogue and the published layer; ``state`` holds what is loaded, fetched and built."""

    home: Path
    state: Path

    @property
    def catalogue(self) -> Path:
        return self.home / "data" / "catalogue"

    @property
    def published(self) -> Path:
        return self.home / "data" / "published"

    @property
    def demo(self) -> Path:
        return self.home / "data" / "demo"

    @property
    def snapshots(self) -> Path:
        return self.state / "snapshots"

    @property
    def kolada(self) -> Path:
        return self.state / "kolada"

    @property
    def notes(self) -> Path:
        return self.state / "notes"

    @property
    def warehouse(self) -> Path:
        return self.state / "warehouse"


def load() -> Settings:
    """From the environment, else from where the program stands.

    ``DASHBOARD_HOME`` names the folder with ``data``, ``DASHBOARD_DATA`` the folder for what is built.
    Raises DashboardError when no catalogue is found.
    """
    given = os.environ.get("DASHBOARD_HOME")
    candidates = [Path(given)] if given else [Path.cwd(), Path(__file__).resolve().parents[2]]
    for home in candidates:
        if (home / "data" / "catalogue").is_dir():
            state = os.environ.get("DASHBOARD_DATA")
            return Settings(home, Path(state) if state else home / "var")
    raise DashboardError(
        f"Hittar ingen katalog i {candidates[0] / 'data' / 'catalogue'}. "
        "Starta från projektets mapp eller ange mappen i DASHBOARD_HOME."
    )


def default_cache_dir() -> Path:
    """Folder for files that can be made again: ``DASHBOARD_CACHE``, else the user's cache folder."""
    named = os.environ.get("DASHBOARD_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
        return Path(base or Path.home() / "AppData" / "Local") / "dashboard" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "dashboard"
    return Path(os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache") / "dashboard"


def write_whole(path: Path, content: bytes) -> None:
    """Write beside and rename into place: no reader sees half a file, and two writers do not disturb each other.

    Raises OSError when the folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(beside, path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
