"""Where things lie. Two folders only: what people write (``data``) and what is built from it (``var``)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import DashboardError


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` holds ``data/catalogue`` and ``data/published``; ``state`` holds snapshots and serving files."""

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
