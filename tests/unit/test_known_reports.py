"""Which reports were known at a time: one that came later is left out with all that follows from it, and said."""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dashboard import catalogue, published
from dashboard.domain.known import frozen, known_on, written
from dashboard.domain.model import Origin
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.measures import Facts, goals, open_facts, risks
from dashboard.measures.goal_history import goal_history
from dashboard.measures.known_reports import known_at
from dashboard.measures.readings import reading
from dashboard.measures.report_outline import chosen_report
from dashboard.measures.search import search
from dashboard.measures.store_changes import store_changes
from dashboard.published import Apart
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from tests.fourth_report import Place, add

BEFORE, ON_THE_DAY = date(2024, 9, 5), date(2024, 9, 6)
T2_2024, T2_2025, T2_2026 = (Period.parse(f"{year}-T2") for year in (2024, 2025, 2026))
ROOT = "forvaltningen"
UNDATED = "Rapporterna Helår 2023 och Tertial 2 2025 har inget datum och visas alltid."


@pytest.fixture(scope="module")
def places(demo_settings: Settings) -> Settings:
    return demo_settings


@pytest.fixture(scope="module")
def before(places: Settings) -> Facts:
    return open_facts(places, BEFORE)


@pytest.fixture(scope="module")
def four(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return add(home, tmp_path_factory.mktemp("four"))


def test_no_row_of_a_report_that_came_later_is_left_anywhere(before: Facts) -> None:
    assert before.published.apart, "how rows are told apart is no report's own"
    for field in fields(before.published):
        rows = [row for row in getattr(before.published, field.name) if not isinstance(row, Apart)]
        assert not [row for row in rows if "delar2-2024" in {row.source, getattr(row, "other_source", "")}]
    assert {row.source for row in before.published.figures} == {"vb-2023", "t2-2025"}
    assert list(before.catalogue.reports) == ["vb-2023", "t2-2025"]
    assert not before.catalogue.tables_of("delar2-2024")


def test_it_is_known_from_its_day_and_at_every_moment_of_it(places: Settings) -> None:
    for when in (ON_THE_DAY, datetime(2024, 9, 6, 0, 0, 1, tzinfo=UTC), date(2026, 1, 1)):
        facts = open_facts(places, when)
        assert "delar2-2024" in facts.catalogue.reports
        assert facts.notices == (UNDATED,)
    assert "delar2-2024" not in open_facts(places, datetime(2024, 9, 5, 23, 59, tzinfo=UTC)).catalogue.reports


def test_what_is_left_out_and_what_has_no_date_is_said_in_one_notice(
    before: Facts, empty_facts: Facts
) -> None:
    assert before.notices == (f"Rapporten Delår 2 2024 blev känd 2024-09-06 och är inte med. {UNDATED}",)
    assert not any("datum" in notice for notice in empty_facts.notices)


def test_kept_answers_are_other_answers(before: Facts, places: Settings) -> None:
    now = open_facts(places)
    assert before.published_fingerprint != now.published_fingerprint
    assert open_facts(places, ON_THE_DAY).published_fingerprint == now.published_fingerprint
    assert before.published_fingerprint in before.fingerprint


def test_its_figures_colours_and_hits_are_gone(before: Facts, empty_facts: Facts) -> None:
    asked = Selection(T2_2024, ROOT)
    alone = {
        figure.indicator
        for figure in empty_facts.published.figures
        if figure.indicator
        and figure.source == "delar2-2024"
        and {one.source for one in reading(empty_facts, figure.indicator, asked).value.figures}
        == {"delar2-2024"}
    }
    assert len(alone) >= 10
    for one in alone:
        assert reading(before, one, asked).value.origin is not Origin.PUBLISHED
    assert T2_2024 in goals.report_periods(empty_facts)
    assert T2_2024 not in goals.report_periods(before)
    for question in ("civilt försvar", "externa placeringar"):
        sources = {hit.entry.source for group in search(before, question).groups for hit in group.hits}
        assert "delar2-2024" not in sources


def test_the_report_after_it_follows_the_one_before_it(before: Facts) -> None:
    assert before.catalogue.reports["t2-2025"].previous == "vb-2023"
    board = risks.board(before, Selection(T2_2025, ROOT, Compare.PREVIOUS))
    assert board.compared_with is not None
    assert board.compared_with.id == "vb-2023"


def test_a_period_whose_report_was_not_known_reads_the_one_before(before: Facts) -> None:
    assert chosen_report(before, T2_2024).id == "vb-2023"
    assert before.report_of(T2_2024) is None


def test_a_link_that_is_frozen_when_a_report_has_come_after_the_last_delivery_keeps_the_report(
    four: Place,
) -> None:
    defined, printed = catalogue.load(four.settings.catalogue), published.load(four.settings.published)
    came, day = datetime(2026, 9, 11, tzinfo=UTC), timedelta(days=1)
    assert known_at(defined, printed, None, now=came + day).moment == came
    assert known_at(defined, printed, None, now=came - day).moment == datetime(2024, 9, 6, tzinfo=UTC)
    for frozen_at in (frozen(came, came.date()), frozen(came, came.date() + day)):
        assert "t2-2026" in known_at(defined, printed, known_on(written(frozen_at))).catalogue.reports


@pytest.fixture(scope="module")
def without_fourth(four: Place) -> Facts:
    return open_facts(four.settings, date(2026, 9, 10))


def test_what_only_the_report_brings_is_left_out_with_it(without_fourth: Facts) -> None:
    defined = without_fourth.catalogue.goals
    assert "nm26-skola" not in defined
    assert defined["nm-klimat"].valid_to is None  # the report ended it
    assert defined["km-trygghet"].valid_to is None
    for question in ("skolgång i insats", "alla unga går i skolan", "brist på lokaler", "egna jourhem"):
        assert search(without_fourth, question).count == 0
    assert [report.id for report in goal_history(without_fourth).reports] == [
        "vb-2023",
        "delar2-2024",
        "t2-2025",
    ]


def test_an_end_that_a_known_report_shows_is_kept(before: Facts, empty_facts: Facts) -> None:
    ends = {goal.id: goal.valid_to for goal in empty_facts.catalogue.goals.values()}
    assert {goal.id: goal.valid_to for goal in before.catalogue.goals.values()}.items() <= ends.items()


def test_the_period_that_is_met_first_is_that_of_the_last_report_known(home: Path, tmp_path: Path) -> None:
    place = add(home, tmp_path)
    board = place.file("catalogue/board.toml")
    board.write_text(board.read_text("utf-8").replace('"2025-T2"', '"2026-T2"'), encoding="utf-8")
    assert open_facts(place.settings).catalogue.board.default_period == T2_2026
    earlier = open_facts(place.settings, date(2026, 9, 10))
    assert earlier.catalogue.board.default_period == T2_2025


def test_a_goal_that_months_judge_was_known_whatever_reports_say(
    home: Path, tmp_path: Path, copied: Settings
) -> None:
    shutil.copytree(home / "data", tmp_path / "data")
    reports = tmp_path / "data" / "catalogue" / "reports.toml"
    dated = re.sub(r'(period = "2025-T2"\n)', r"\1published = 2025-09-20\n", reports.read_text("utf-8"))
    reports.write_text(dated, encoding="utf-8")
    shutil.move(copied.snapshots / "bedomningar", tmp_path / "var" / "snapshots" / "bedomningar")
    facts = open_facts(Settings(tmp_path, tmp_path / "var"), date(2025, 9, 15))
    assert "t2-2025" not in facts.catalogue.reports
    assert "nm-trygghet" in facts.catalogue.goals


def test_a_report_that_came_in_between_is_a_change_and_one_without_a_date_never(
    home: Path, tmp_path: Path, empty_facts: Facts
) -> None:
    places = Settings(home, tmp_path)
    store, reports = Store(places.snapshots), tuple(empty_facts.catalogue.reports.values())
    found = store_changes(store, BEFORE, date(2025, 1, 1), reports)
    assert [report.id for report in found.reports] == ["delar2-2024"]
    assert found.any
    assert not store_changes(store, ON_THE_DAY, None, reports).any
    backwards = store_changes(store, date(2025, 1, 1), BEFORE, reports)
    assert ([one.id for one in backwards.reports_gone], backwards.reports) == (["delar2-2024"], ())
