"""Opening what answers rest on: what is damaged or missing is said, and the rest is served."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard.domain.model import Origin
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.errors import CatalogueError, PublishedError, StoreError
from dashboard.measures import Facts, open_facts
from dashboard.measures.freshness import freshness, is_demo
from dashboard.measures.readings import reading
from dashboard.settings import Settings

UNDATED = "Rapporterna Helår 2023 och Tertial 2 2025 har inget datum och visas alltid."
T2 = Selection(Period.parse("2025-T2"), "forvaltningen")


def only(settings: Settings, *datasets: str) -> Settings:
    """Fewer snapshots, so that building takes no time."""
    for folder in settings.snapshots.iterdir():
        if folder.name not in datasets:
            shutil.rmtree(folder)
    return settings


def the_file(settings: Settings, dataset: str, month: str) -> Path:
    (found,) = (settings.snapshots / dataset / month).glob("*.parquet")
    return found


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def test_a_whole_store_has_nothing_to_say(facts: Facts) -> None:
    assert facts.notices == ()
    assert facts.span() == (Month(2022, 1), Month(2025, 8))
    rows = freshness(facts)
    assert {row.dataset: row.month for row in rows}["ekonomi"] == Month(2025, 8)
    assert {row.origin for row in rows} == {Origin.SYNTHETIC}
    assert is_demo(rows)


def test_an_empty_store_says_how_to_fill_it_and_the_printed_figures_are_served(empty_facts: Facts) -> None:
    (notice,) = empty_facts.notices
    assert "dashboard build" in notice
    assert empty_facts.span() is None
    assert freshness(empty_facts) == ()
    assert not is_demo(())
    assert reading(empty_facts, "hushall-bistand", T2).value.number == 389


def test_a_month_that_is_missing_between_others_is_named(copied: Settings) -> None:
    only(copied, "placeringar", "anmalningar")
    the_file(copied, "placeringar", "2024-03").unlink()
    the_file(copied, "anmalningar", "2025-08").unlink()  # the last one: not delivered yet is no gap
    (notice,) = open_facts(copied).notices
    assert "placeringar" in notice
    assert "mars 2024" in notice


def test_many_missing_months_are_told_in_one_notice(copied: Settings) -> None:
    only(copied, "placeringar")
    for month in Month(2023, 1).until(Month(2023, 6)):
        the_file(copied, "placeringar", str(month)).unlink()
    (notice,) = open_facts(copied).notices
    assert "januari 2023, februari 2023, mars 2023 med flera" in notice


def test_a_damaged_month_is_named_left_out_and_the_rest_is_served(copied: Settings) -> None:
    only(copied, "placeringar", "anmalningar")
    broken = the_file(copied, "placeringar", "2025-08")
    damage(broken)
    facts = open_facts(copied)
    (notice,) = facts.notices
    assert broken.name in notice
    assert "Månaden är inte med" in notice
    assert reading(facts, "placeringar-externa", T2).value.reason == "Månadsvärden finns t.o.m. juli 2025."
    july = Selection(Period.parse("2025-07"), "forvaltningen")
    assert reading(facts, "placeringar-externa", july).value.number
    assert reading(facts, "anmalningar-barn", T2).value.number
    assert open_facts(copied).notices == facts.notices  # the next start says it again


@pytest.mark.parametrize("kind", ["no database", "cut in two", "empty"])
def test_a_damaged_serving_file_is_built_again(copied: Settings, kind: str) -> None:
    only(copied, "anmalningar")
    facts = open_facts(copied)
    path, expected = facts.warehouse.path, reading(facts, "anmalningar-barn", T2).value.number
    facts.warehouse.connection.close()
    whole = path.read_bytes()
    path.write_bytes(
        {"no database": b"x" * len(whole), "cut in two": whole[: len(whole) // 2], "empty": b""}[kind]
    )
    again = open_facts(copied)
    assert again.warehouse.path == path
    assert reading(again, "anmalningar-barn", T2).value.number == expected
    assert [one.name for one in copied.warehouse.iterdir()] == [path.name]


def test_a_damaged_serving_file_over_a_damaged_month_still_serves_the_rest(copied: Settings) -> None:
    only(copied, "anmalningar", "placeringar")
    facts = open_facts(copied)
    facts.warehouse.connection.close()
    facts.warehouse.path.write_bytes(b"no database")
    broken = the_file(copied, "placeringar", "2025-08")
    damage(broken)
    again = open_facts(copied)
    assert any(broken.name in notice for notice in again.notices)
    assert reading(again, "anmalningar-barn", T2).value.number


def test_as_known_on_a_day_before_a_delivery(demo_settings: Settings, facts: Facts) -> None:
    """August 2025 was delivered on 10 September."""
    before = open_facts(demo_settings, date(2025, 9, 9))
    on_the_day = open_facts(demo_settings, date(2025, 9, 10))
    assert before.span() == (Month(2022, 1), Month(2025, 7))
    assert on_the_day.warehouse.path == facts.warehouse.path
    assert before.fingerprint != facts.fingerprint
    assert before.notices == (UNDATED,)


def test_before_the_first_delivery_the_day_is_said_and_not_how_to_build(demo_settings: Settings) -> None:
    early = open_facts(demo_settings, date(2020, 1, 1))
    assert early.notices[0] == "Inga månadsvärden var kända 2020-01-01."
    assert early.span() is None


def test_the_fingerprint_changes_with_the_published_layer(
    home: Path, tmp_path: Path, empty_facts: Facts
) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    settings = Settings(tmp_path, tmp_path / "var")
    same = open_facts(settings)
    assert same.fingerprint == empty_facts.fingerprint
    figures = settings.published / "figures.csv"
    text = figures.read_text(encoding="utf-8")
    assert text.count(",389,antal,") == 1
    figures.write_text(text.replace(",389,antal,", ",390,antal,"), encoding="utf-8")
    changed = open_facts(settings)
    assert changed.warehouse.path == same.warehouse.path
    assert changed.fingerprint != same.fingerprint
    assert reading(changed, "hushall-bistand", T2).value.number == 390


def test_faults_in_what_people_write_stop_everything_with_the_file_named(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    settings = Settings(tmp_path, tmp_path / "var")
    figures = settings.published / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace(",389,", ",trehundra,"), encoding="utf-8")
    with pytest.raises(PublishedError, match=r"figures\.csv, rad"):
        open_facts(settings)
    (settings.catalogue / "goals.toml").unlink()
    with pytest.raises(CatalogueError, match=r"goals\.toml"):
        open_facts(settings)


def test_a_place_that_cannot_be_written_is_said(home: Path, tmp_path: Path) -> None:
    (tmp_path / "warehouse").write_text("a file in the way")
    with pytest.raises(StoreError, match="Databasen kunde inte byggas"):
        open_facts(Settings(home, tmp_path))


def test_two_who_open_the_same_store_both_get_it_and_the_file_stays(
    demo_settings: Settings, facts: Facts
) -> None:
    before = facts.warehouse.path.stat()
    again = open_facts(demo_settings)
    assert again.span() == facts.span()
    after = facts.warehouse.path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
