"""What all tests share: the board's own definitions, and one demo store with its serving file, built once.

The shared store is only read. A test that damages or adds something copies it first (``copied``).
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from dashboard import catalogue as catalogues
from dashboard import published as publications
from dashboard.catalogue import Catalogue
from dashboard.measures import Facts, open_facts
from dashboard.published import Published
from dashboard.settings import Settings
from dashboard.snapshots.demo import build_demo
from dashboard.snapshots.store import Store

HOME = Path(__file__).resolve().parents[1]
_BUILD_SECONDS = 120.0


def pytest_configure() -> None:
    """Neither where a developer keeps data nor how busy the machine is may decide what the tests say.

    A developer's run draws new examples each time. What decides whether a change may land draws the same ones:
    it judges the change, not the day's luck. What a developer's run finds is added as an ``@example``.
    """
    steady = bool(os.environ.get("CI"))
    hypothesis.settings.register_profile("untimed", deadline=None, derandomize=steady)
    hypothesis.settings.load_profile("untimed")
    for name in ("DASHBOARD_HOME", "DASHBOARD_DATA"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def home() -> Path:
    """The folder that holds ``data``."""
    return HOME


@pytest.fixture(scope="session")
def catalogue(home: Path) -> Catalogue:
    return catalogues.load(home / "data" / "catalogue")


@pytest.fixture(scope="session")
def published(home: Path) -> Published:
    return publications.load(home / "data" / "published")


@pytest.fixture(scope="session")
def demo_state(
    home: Path, catalogue: Catalogue, published: Published, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder with the demo's snapshots and their serving file. Read only."""

    def make(folder: Path) -> None:
        settings = Settings(home, folder)
        build_demo(Store(settings.snapshots), catalogue, published, profile=settings.demo)
        open_facts(settings).warehouse.connection.close()

    return _once(tmp_path_factory, "demo", make)


@pytest.fixture(scope="session")
def demo_settings(home: Path, demo_state: Path) -> Settings:
    return Settings(home, demo_state)


@pytest.fixture(scope="session")
def facts(demo_settings: Settings) -> Facts:
    """Everything the board knows, over the demo."""
    return open_facts(demo_settings)


@pytest.fixture(scope="session")
def empty_facts(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The published layer alone: no month has been loaded."""
    return open_facts(Settings(home, tmp_path_factory.mktemp("empty")))


@pytest.fixture
def copied(home: Path, demo_state: Path, tmp_path: Path) -> Settings:
    """The demo's snapshots, without their serving file, in a place that the test may change."""
    shutil.copytree(demo_state / "snapshots", tmp_path / "copy" / "snapshots")
    return Settings(home, tmp_path / "copy")


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder that ``make`` fills, made by one of the processes of the run and used by all of them.

    Raises RuntimeError when the one that makes it fails or takes too long.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = factory.mktemp(name)
        make(folder)
        return folder
    folder = factory.getbasetemp().parent / name  # the workers' folders lie in the one of the run
    ready, failed = folder.with_suffix(".ready"), folder.with_suffix(".failed")
    try:
        folder.mkdir()
    except FileExistsError:
        give_up = time.monotonic() + _BUILD_SECONDS
        while not ready.exists():
            if failed.exists() or time.monotonic() > give_up:
                raise RuntimeError(f"the other process could not make {folder}") from None
            time.sleep(0.05)
        return folder
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    ready.touch()
    return folder
