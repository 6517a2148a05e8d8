"""The organisation over time: sums, joins and breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.catalogue import Catalogue, load
from dashboard.domain import organisation
from dashboard.domain.model import Relation, Successor, Unit
from dashboard.domain.organisation import Ancestry, Break, Link
from dashboard.domain.periods import Month, Period

ROOT = Path(__file__).resolve().parents[2]


def unit(
    name: str,
    parent: str | None,
    span: str = "2020-01..",
    kind: str = "enhet",
    after: str = "",
    how: str = "same",
) -> Unit:
    start, _, end = span.partition("..")
    successors = (Successor(after, Relation(how)),) if after else ()
    last = Month.parse(end) if end else None
    return Unit(name, name, name, kind, parent, Month.parse(start), last, successors)


def units(*rows: Unit) -> dict[str, Unit]:
    return {row.id: row for row in rows}


SMALL = units(
    unit("alla", None, kind="forvaltning"),
    unit("avd", "alla", kind="avdelning"),
    unit("a", "avd"),
    unit("b", "avd", "2021-03..2022-06"),
    unit("varav", "a", kind="varav"),
    unit("buffert", "alla", kind="buffert"),
)


def test_the_path_runs_from_the_root_to_the_unit() -> None:
    assert [step.id for step in organisation.path(SMALL, "b")] == ["alla", "avd", "b"]
    assert [organisation.level(SMALL, name) for name in ("alla", "avd", "b")] == [0, 1, 2]


def test_only_units_of_the_time_are_below() -> None:
    assert [one.id for one in organisation.children(SMALL, "avd")] == ["a", "b"]
    assert [one.id for one in organisation.children(SMALL, "avd", Month(2022, 7))] == ["a"]
    assert [one.id for one in organisation.descendants(SMALL, "alla", Month(2022, 7))] == [
        "avd",
        "a",
        "varav",
        "buffert",
    ]


def test_a_unit_existed_in_a_period_when_it_existed_in_any_month_of_it() -> None:
    assert organisation.existed(SMALL["b"], Period.year(2022))
    assert not organisation.existed(SMALL["b"], Period.year(2023))
    assert "b" not in {one.id for one in organisation.existing(SMALL, Month(2021, 2))}


def test_a_varav_row_is_never_added_to_its_parent_and_a_buffer_is() -> None:
    rows = organisation.ancestry(SMALL)
    assert [row.ancestor for row in rows if row.unit == "varav"] == ["varav"]
    assert [row.ancestor for row in rows if row.unit == "buffert"] == ["buffert", "alla"]
    assert [row.ancestor for row in rows if row.unit == "a"] == ["a", "avd", "alla"]


def test_a_unit_counts_upwards_only_while_it_existed() -> None:
    rows = organisation.ancestry(SMALL)
    assert Ancestry("b", "alla", Month(2021, 3), Month(2022, 6)) in rows
    late = units(unit("alla", None, "2022-01.."), unit("a", "alla", "2020-01.."))
    assert Ancestry("a", "alla", Month(2022, 1), None) in organisation.ancestry(late)
    apart = units(unit("alla", None, "2022-01.."), unit("a", "alla", "2020-01..2020-12"))
    assert {row.ancestor for row in organisation.ancestry(apart) if row.unit == "a"} == {"a"}


RENAMED = units(
    unit("alla", None),
    unit("gammal", "alla", "2020-01..2020-12", after="mellan", how="renamed"),
    unit("mellan", "alla", "2021-01..2021-12", after="ny"),
    unit("ny", "alla", "2022-01..2022-12", after="annan", how="merged"),
    unit("annan", "alla", "2023-01.."),
)


@pytest.mark.parametrize("asked", ["gammal", "mellan", "ny"])
def test_a_series_is_joined_over_names_whichever_one_is_asked_for(asked: str) -> None:
    assert organisation.chain(RENAMED, asked) == (
        Link("gammal", Month(2020, 1), Month(2020, 12)),
        Link("mellan", Month(2021, 1), Month(2021, 12)),
        Link("ny", Month(2022, 1), Month(2022, 12)),
    )


def test_a_merger_breaks_the_series_on_both_sides() -> None:
    broken = Break(Month(2023, 1), ("ny",), ("annan",), Relation.MERGED)
    assert organisation.breaks(RENAMED, "gammal") == (broken,)
    assert organisation.breaks(RENAMED, "annan") == (broken,)
    assert organisation.chain(RENAMED, "annan") == (Link("annan", Month(2023, 1), None),)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT / "data" / "catalogue")


@pytest.mark.parametrize(("year", "count"), [(2023, 11), (2024, 6)])
def test_each_year_has_the_accounting_rows_of_its_report(catalogue: Catalogue, year: int, count: int) -> None:
    held = catalogue.children("forvaltningen", Period.year(year))
    assert len([one for one in held if one.kind == "verksamhet"]) == count


def test_eleven_units_report_every_month(catalogue: Catalogue) -> None:
    for month in Month(2022, 1).until(Month(2025, 8)):
        held = catalogue.descendants("forvaltningen", month)
        assert len([one for one in held if one.kind == "enhet"]) == 11
