"""Topic pages: wholes and their parts, units beside each other, and the sums behind a ratio."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.domain import series as rules
from dashboard.domain.model import Direction, Origin
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.domain.series import Point
from dashboard.measures import Facts, open_facts
from dashboard.measures.by_unit import Order, beside, by_unit, months_of, read_ahead
from dashboard.measures.composition import composition, total
from dashboard.measures.readings import readings
from dashboard.measures.values import value_of
from dashboard.measures.working import working
from dashboard.settings import Settings

ROOT = "forvaltningen"
T2 = Period.parse("2025-T2")
SICK = ("sjukfranvaro-kort", "sjukfranvaro-lang")
BANDS = ("hushall-under-10-man", "hushall-langvarigt")
WHOLES = {
    "sjukfranvaro": SICK,
    "hushall-bistand": BANDS,
    "bistand-avslutade": ("bistand-avslutade-arbete", "bistand-avslutade-studier", "bistand-avslutade-annat"),
    "arbetsmarknad-avslutade": (
        "arbetsmarknad-till-arbete",
        "arbetsmarknad-till-studier",
        "arbetsmarknad-till-annat",
    ),
}


def asked(period: str = "2025-T2", unit: str = ROOT) -> Selection:
    return Selection(Period.parse(period), unit)


def delivered(state: Path, dataset: str, column: str, months: tuple[Month, ...]) -> list[float]:
    """Every value of a column in the snapshots of the months: the slow way, past everything that sums."""
    found: list[float] = []
    for month in months:
        for file in (state / "snapshots" / dataset / str(month)).glob("*.parquet"):
            found += pq.read_table(file)[column].to_pylist()
    return found


# --- The sums behind a ratio ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "printed"),
    [
        ("2023-04", "6.80"),
        ("2023-08", "7.37"),
        ("2023-12", "7.52"),
        ("2024-04", "7.71"),
        ("2024-08", "7.64"),
        ("2025-08", "5.69"),
    ],
)
def test_r12_is_the_hours_of_twelve_months_and_meets_what_is_printed(
    facts: Facts, demo_state: Path, month: str, printed: str
) -> None:
    (found,) = working(facts, ["sjukfranvaro-r12"], asked(month))
    end = Month.parse(month)
    assert found.months == end.shift(-11).until(end)
    sick = [
        hours
        for column in ("sjuktimmar_kort", "sjuktimmar_lang")
        for hours in delivered(demo_state, "medarbetare", column, found.months)
    ]
    ordinary = delivered(demo_state, "medarbetare", "ordinarie_timmar", found.months)
    assert found.top == pytest.approx(sum(sick))
    assert found.bottom == pytest.approx(sum(ordinary))
    assert (found.top_unit, found.bottom_unit, found.mean) == ("timmar", "timmar", False)
    assert found.value == pytest.approx(100 * sum(sick) / sum(ordinary))
    assert round(Decimal(found.value or 0), 2) == Decimal(printed)


def test_a_mean_of_the_months_per_cent_would_say_something_else(facts: Facts) -> None:
    (found,) = working(facts, ["sjukfranvaro-r12"], asked())
    indicator = facts.catalogue.indicators["sjukfranvaro"]
    points = facts.series([indicator.id], [ROOT], found.months[0], found.months[-1])[indicator.id, ROOT]
    monthly = [rules.month_value(indicator, point) or 0.0 for point in points.values()]
    assert abs(sum(monthly) / 12 - (found.value or 0.0)) > 0.005


def test_both_printed_values_of_one_month_are_kept_beside_the_sums(facts: Facts) -> None:
    (found,) = working(facts, ["sjukfranvaro-r12"], asked("2024-T2"))
    assert {(str(f.value), f.source) for f in found.shown.figures} == {
        ("7.64", "delar2-2024"),
        ("7.35", "t2-2025"),
    }


@pytest.mark.parametrize("period", ["2025-T2", "2024", "2023-11"])
def test_kronor_per_household_is_all_kronor_by_all_household_months(
    facts: Facts, demo_state: Path, period: str
) -> None:
    (found,) = working(facts, ["bistand-per-hushall"], asked(period))
    paid = sum(delivered(demo_state, "bistand", "utbetalt_tkr", found.months))
    homes = sum(delivered(demo_state, "bistand", "hushall", found.months))
    assert found.value == pytest.approx(1000 * paid / homes)
    shown = readings(facts, ["bistand-per-hushall"], asked(period))[0]
    assert shown.value.number == pytest.approx(found.value)
    assert (found.top_unit, found.bottom_unit) == ("tkr", "")


def test_a_flow_by_a_stock_is_divided_by_the_mean_stock(facts: Facts) -> None:
    (found,) = working(facts, ["personalomsattning"], asked())
    assert found.mean
    assert found.value == pytest.approx(100 * found.top / found.bottom)
    assert round(found.value or 0, 2) == 9.85


def test_a_year_too_early_for_r12_says_why_and_a_count_is_no_ratio(facts: Facts) -> None:
    (found,) = working(facts, ["sjukfranvaro-r12"], asked("2022-06"))
    assert found.value is None
    assert "saknas" in found.reason
    with pytest.raises(ValueError, match="anstallda"):
        working(facts, ["anstallda"], asked())


def test_nothing_to_divide_by_is_said_and_is_not_called_missing(facts: Facts) -> None:
    indicator = facts.catalogue.indicators["arbetsmarknad-till-arbete-studier"]
    month = Month(2024, 3)
    points = {month: Point(month, 0.0, 0.0, Origin.SYNTHETIC)}
    found = value_of(facts, indicator, facts.catalogue.unit("tysa"), Period.month(month), points)
    assert found.number is None
    assert found.reason == "Måttet kan inte räknas mars 2024: det är noll att dela med."


# --- Parts of a whole -------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", WHOLES)
@pytest.mark.parametrize("unit", [ROOT, "avd-vuxen", "cai"])
def test_the_parts_add_up_to_the_whole_in_every_month_and_unit(facts: Facts, whole: str, unit: str) -> None:
    found = composition(facts, WHOLES[whole], asked(unit=unit), months=60)
    indicator = facts.catalogue.indicators[whole]
    points = facts.series([whole], [unit], found.months[0], found.months[-1])[whole, unit]
    assert len(found.months) == 44
    for month, value in zip(found.months, found.totals, strict=True):
        assert value == pytest.approx(rules.month_value(indicator, points[month]))
    assert sum(part.share or 0 for part in found.parts) == pytest.approx(1)
    assert found.origin is Origin.SYNTHETIC


def test_parts_of_a_stock_are_of_one_day_and_shares_of_hours_not_of_percentages(facts: Facts) -> None:
    bands = composition(facts, BANDS, asked(), months=24)
    assert [part.value for part in bands.parts] == [228, 159]
    assert (bands.value, bands.how, len(bands.months)) == (387, "augusti 2025", 24)
    sick = composition(facts, SICK, asked(), months=24)
    (whole,) = working(facts, ["sjukfranvaro"], asked())
    (long,) = working(facts, ["sjukfranvaro-lang"], asked())
    assert sick.value == pytest.approx(whole.value)
    assert sick.parts[1].share == pytest.approx(long.top / whole.top)


def test_a_unit_without_the_measure_has_no_bars_but_a_sentence(facts: Facts, empty_facts: Facts) -> None:
    found = composition(facts, BANDS, asked(unit="avd-barn-unga"), months=24)
    assert not found.drawn
    assert found.reason == "Det finns inga månadsvärden för Avdelning barn och unga T2 2025 · jan–aug."
    assert not composition(empty_facts, BANDS, asked(), months=24).drawn


@given(st.lists(st.none() | st.floats(0, 1e6), max_size=6))
def test_a_whole_that_lacks_a_part_is_not_a_whole(values: list[float | None]) -> None:
    found = total(values)
    assert (found is None) == (not values or None in values)
    if found is not None:
        assert found == pytest.approx(sum(value for value in values if value is not None))


# --- Units beside each other ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "unit", "first", "count"),
    [
        ("sjukfranvaro-r12", ROOT, ROOT, 15),
        ("sjukfranvaro-r12", "avd-barn-unga", "avd-barn-unga", 6),
        ("sjukfranvaro-r12", "resurs-1", "avd-barn-unga", 6),
        ("arbetsmarknad-inskrivna", "cai", "cai", 7),
        ("arbetsmarknad-inskrivna", "team-ung", "cai", 7),
        ("sjukfranvaro-r12", "cai", "avd-vuxen", 7),
        ("sjukfranvaro-r12", "team-ung", "team-ung", 1),
    ],
)
def test_who_stands_beside_whom(
    catalogue: Catalogue, indicator: str, unit: str, first: str, count: int
) -> None:
    found = beside(catalogue, catalogue.indicators[indicator], asked(unit=unit))
    assert (found[0].id, len(found)) == (first, count)


def test_units_that_did_not_exist_then_are_left_out(catalogue: Catalogue) -> None:
    inscribed = catalogue.indicators["arbetsmarknad-inskrivna"]
    then = {unit.id for unit in beside(catalogue, inscribed, asked("2023", "cai"))}
    assert "tysa" not in then
    assert "team-ung" in then


def test_units_of_one_kind_are_ordered_by_value_and_by_what_got_worst(facts: Facts) -> None:
    usual = by_unit(facts, "sjukfranvaro-r12", asked())
    assert [row.unit.id for row in usual.rows[:2]] == ["avd-vuxen", "vuxenenheten"]
    assert [unit.id for unit in usual.without] == ["avd-overgripande"]
    by_value = by_unit(facts, "sjukfranvaro-r12", asked(), Order.VALUE)
    assert [len(group) for group in by_value.groups] == [2, 11]
    values = [float(row.reading.value.number or 0) for row in by_value.groups[1]]
    assert values == sorted(values, reverse=True)
    for name in ("sjukfranvaro-r12", "frisknarvaro"):
        sign = -1 if facts.catalogue.indicators[name].direction is Direction.HIGHER else 1
        found = by_unit(facts, name, asked(), Order.CHANGE)
        changes = [sign * (row.reading.change or 0) for row in found.groups[-1]]
        assert changes == sorted(changes, reverse=True), name


def test_units_without_a_value_come_last_whatever_the_order(facts: Facts) -> None:
    for order in (Order.VALUE, Order.CHANGE):
        teams = by_unit(facts, "arbetsmarknad-till-arbete-studier", asked("2024-T2", "cai"), order).groups[-1]
        known = [
            (row.reading.value.number if order is Order.VALUE else row.reading.change) is not None
            for row in teams
        ]
        assert known == sorted(known, reverse=True)


def test_the_curves_are_those_of_units_that_hold_no_other(facts: Facts) -> None:
    found = by_unit(facts, "sjukfranvaro", asked())
    assert {row.unit.kind for row in found.smallest} == {"enhet"}
    assert months_of(found.smallest)[-1] == T2.end
    one = next(row for row in found.rows if row.unit.id == "resurs-1")
    alone = readings(facts, ["sjukfranvaro"], asked(unit="resurs-1"))[0]
    assert replace(one.reading) == alone


def test_a_page_reads_all_its_series_in_one_query(demo_settings: Settings) -> None:
    facts = open_facts(demo_settings)
    counter = facts.warehouse.counter
    before = counter.queries
    names = ["sjukfranvaro-r12", *SICK, "anstallda"]
    read_ahead(facts, names, asked())
    assert counter.queries == before + 1
    by_unit(facts, "sjukfranvaro-r12", asked())
    composition(facts, SICK, asked(), months=24)
    working(facts, ["sjukfranvaro-r12"], asked())
    assert counter.queries == before + 1
