"""The municipality beside others, and KKiK as the reports print it."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.catalogue import Catalogue
from dashboard.domain.comparison import Comparisons, Kpi
from dashboard.domain.model import Colour
from dashboard.domain.status import Verdict
from dashboard.kolada.store import KoladaStore, Snapshot
from dashboard.measures import Facts
from dashboard.measures.comparisons import all_compared, compared, history, source
from dashboard.measures.kkik import beside_others, kkik
from tests.kolada_server import FETCHED_AT, YEARS, fill, made_up

Value = Callable[[str, str, int], float | None]


@pytest.fixture
def wanted(catalogue: Catalogue) -> Comparisons:
    return catalogue.comparisons


def fetched(folder: Path, catalogue: Catalogue, values: Value = made_up) -> Snapshot:
    done = fill(folder, catalogue, values=values)
    return KoladaStore(folder).read(done.file)


def kpi(wanted: Comparisons, name: str = "N33818") -> Kpi:
    found = wanted.kpi(name)
    assert found
    return found


def test_the_field_is_every_municipality_and_the_country_stands_beside(
    tmp_path: Path, catalogue: Catalogue, wanted: Comparisons
) -> None:
    found = fetched(tmp_path, catalogue)
    one = compared(found, wanted, kpi(wanted), 2025)
    assert one
    assert (one.year, one.own) == (2024, made_up("N33818", "0138", 2024))
    assert one.country == made_up("N33818", "0000", 2024)
    everyone = [area for area in found.areas.values() if area.type == "K"]
    whole, county, peers = one.lanes
    assert len(whole.values) == len(everyone)
    assert whole.values == tuple(sorted(made_up("N33818", area.id, 2024) for area in everyone))
    assert {name for name, _ in county.members} == {
        area.title for area in everyone if area.id.startswith("01")
    }
    assert {name for name, _ in peers.members} >= {"Tyresö", "Strängnäs", "Örnsköldsvik"}
    assert len(peers.values) == 8
    assert one.title == "Provrubrik N33818"


def test_the_median_of_the_peers_is_theirs_and_the_place_is_ours_among_them(
    tmp_path: Path, catalogue: Catalogue, wanted: Comparisons
) -> None:
    one = compared(fetched(tmp_path, catalogue), wanted, kpi(wanted), 2024)
    assert one
    peers = one.lanes[2]
    others = [value for name, value in peers.members if name != "Tyresö"]
    assert peers.middle == statistics.median(others)
    assert peers.standing
    assert peers.standing.place == sum(1 for value in others if value < one.own) + 1
    assert peers.standing.of == 8


def test_the_year_is_the_last_with_a_value_up_to_the_period(
    tmp_path: Path, catalogue: Catalogue, wanted: Comparisons
) -> None:
    def late(name: str, area: str, year: int) -> float | None:
        return None if area == "0138" and year == 2024 else made_up(name, area, year)

    found = fetched(tmp_path, catalogue, late)
    years = [
        one.year if one else None
        for one in (compared(found, wanted, kpi(wanted), y) for y in (2025, 2022, 2020))
    ]
    assert years == [2023, 2022, None]
    assert [row.own is None for row in history(found, wanted, kpi(wanted))] == [False, False, False, True]


def test_alone_is_no_field(tmp_path: Path, catalogue: Catalogue, wanted: Comparisons) -> None:
    found = fetched(tmp_path, catalogue, lambda name, area, year: 4.0 if area == "0138" else None)
    one = compared(found, wanted, kpi(wanted), 2024)
    assert one
    assert (one.lanes, one.place, one.quarter, one.country) == ((), None, None, None)
    assert one.bounds == (4.0, 4.0)


def test_history_gives_values_and_medians_year_by_year(
    tmp_path: Path, catalogue: Catalogue, wanted: Comparisons
) -> None:
    found = fetched(tmp_path, catalogue)
    rows = history(found, wanted, kpi(wanted))
    assert [row.year for row in rows] == list(YEARS)
    county = [area for area in found.areas if area.startswith("01")]
    assert rows[0].county == statistics.median(made_up("N33818", area, 2021) for area in county)
    assert rows[0].country == made_up("N33818", "0000", 2021)


def test_a_year_is_preliminary_until_the_day_it_becomes_final(
    tmp_path: Path, catalogue: Catalogue, wanted: Comparisons
) -> None:
    found = fetched(tmp_path, catalogue)
    assert [row.preliminary for row in history(found, wanted, kpi(wanted))] == [False, False, False, True]
    final = replace(found.file, known_from=datetime(2026, 10, 1, tzinfo=UTC))
    later = replace(found, file=final)
    assert not any(row.preliminary for row in history(later, wanted, kpi(wanted)))
    unsaid = replace(found, kpis={"N33818": replace(found.kpis["N33818"], published="")})
    assert not any(row.preliminary for row in history(unsaid, wanted, kpi(wanted)))


def test_every_figure_is_compared_in_the_catalogues_order(
    tmp_path: Path, catalogue: Catalogue, wanted: Comparisons
) -> None:
    every = all_compared(fetched(tmp_path, catalogue), wanted, 2025)
    assert [one.kpi for one in every] == list(wanted.kpis)
    assert all(one.quarter is None for one in every if one.kpi.direction.value == "neutral")


def test_the_newest_sound_fetch_is_used_and_the_damaged_one_named(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    assert source(tmp_path).snapshot is None
    first = fill(tmp_path, catalogue)
    later = fill(tmp_path, catalogue, when=FETCHED_AT + timedelta(days=9))
    path = tmp_path / later.file.name
    path.chmod(0o644)
    path.write_bytes(b"PAR1")
    found = source(tmp_path)
    assert found.snapshot
    assert found.snapshot.file == first.file
    assert len(found.notices) == 1
    assert later.file.name in found.notices[0]
    (tmp_path / "stray.txt").write_text("x", encoding="utf-8")
    assert source(tmp_path).snapshot is None
    assert "stray.txt" in source(tmp_path).notices[0]


# --- KKiK, as it is printed --------------------------------------------------------------------------


def test_kkik_is_the_table_of_the_report(facts: Facts) -> None:
    table = kkik(facts)
    assert table.years == (2019, 2020, 2021, 2022, 2023)
    assert table.reports == ("vb-2023",)
    printed = {
        row.indicator.id: [int(cell.figure.value) if cell.figure else None for cell in row.cells]
        for row in table.rows
    }
    assert printed == {
        "kkik-forbattrad-situation": [76, None, None, 91, None],
        "kkik-ej-ateraktualiserade": [92, 86, 100, 78, 89],
        "kkik-vantetid-forsorjningsstod": [14, 37, 7, 19, 14],
        "kkik-kostnad-ifo": [4616, 4570, 4588, 4697, None],
        "kkik-avslut-arbete-studier": [45, 71, 46, 50, None],
    }


def test_kkik_says_which_way_it_went_last(facts: Facts) -> None:
    verdicts = {row.indicator.id: row.verdict for row in kkik(facts).rows}
    assert verdicts.pop("kkik-kostnad-ifo") is Verdict.WORSE
    assert set(verdicts.values()) == {Verdict.BETTER}


def test_the_colours_that_the_text_lost_are_not_guessed(facts: Facts) -> None:
    table = kkik(facts)
    assert not table.coloured
    assert all(cell.judged is None for row in table.rows for cell in row.cells)
    assert len(table.shared) == 1
    assert "Färgen" in table.shared[0]


def test_a_colour_that_a_report_prints_is_shown(facts: Facts) -> None:
    pattern = next(one for one in facts.published.assessments if one.subject == "kkik-ifo")
    one = replace(pattern, subject="kkik-kostnad-ifo", period_kind="year", period="2022", colour=Colour.RED)
    table = kkik(replace(facts, published=replace(facts.published, assessments=(one,))))
    cells = {row.indicator.id: row.cells for row in table.rows}["kkik-kostnad-ifo"]
    assert [cell.judged.colour if cell.judged else None for cell in cells] == [
        None,
        None,
        None,
        Colour.RED,
        None,
    ]
    assert table.coloured


def test_without_printed_values_the_table_is_empty(facts: Facts) -> None:
    none = tuple(one for one in facts.published.figures if not one.indicator.startswith("kkik-"))
    assert kkik(replace(facts, published=replace(facts.published, figures=none))).rows == ()


def test_the_reports_own_comparison_is_found_with_its_place(facts: Facts) -> None:
    (one,) = beside_others(facts)
    assert (one.own.value, one.others.value) == (Decimal("4.9"), Decimal("8.9"))
    assert (one.own.source, one.own.line) == ("t2-2025", 351)
