"""Where the program looks for what it needs, and what it says when it does not find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import settings
from dashboard.errors import DashboardError
from dashboard.settings import Settings


def catalogue_in(folder: Path) -> Path:
    (folder / "data" / "catalogue").mkdir(parents=True)
    return folder


def test_the_folder_one_stands_in_is_used_before_the_programs_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(catalogue_in(tmp_path))
    found = settings.load()
    assert found == Settings(tmp_path, tmp_path / "var")
    assert found.snapshots == tmp_path / "var" / "snapshots"
    assert found.warehouse == tmp_path / "var" / "warehouse"


def test_from_anywhere_else_the_programs_own_folder_is_found(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings.load()
    assert found.home == home
    assert (found.catalogue / "indicators.toml").is_file()
    assert (found.published / "figures.csv").is_file()
    assert (found.demo / "profile.toml").is_file()


def test_the_environment_decides_over_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_HOME", str(catalogue_in(tmp_path / "board")))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "built"))
    assert settings.load() == Settings(tmp_path / "board", tmp_path / "built")


def test_a_named_folder_without_a_catalogue_is_said_and_never_replaced_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path))
    with pytest.raises(DashboardError, match="DASHBOARD_HOME") as caught:
        settings.load()
    assert str(tmp_path / "data" / "catalogue") in str(caught.value)


def test_a_developers_own_data_folder_never_reaches_the_tests(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings.load().state == home / "var"
