"""What comes, what leaves and what is under way; forms, kinds and reasons against a slow reckoning from the files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dashboard.domain.model import Nature, Origin
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.measures import Facts
from dashboard.measures.by_unit import SIGNALS, Order, by_unit
from dashboard.measures.composition import composition
from dashboard.measures.facts import Series
from dashboard.measures.flow import Moved, flow
from dashboard.measures.readings import readings
from dashboard.measures.unit_picture import glances, picture

ROOT = "forvaltningen"
FORMS = (
    *("familjehem", "jourhem", "konsulentstott", "natverkshem", "hvb", "sis"),
    *("stodboende", "skyddat-boende", "sarskilt-boende"),
)
KINDS = ("barnavard", "vuxen", "vald-nara-relation", "socialpsykiatri")
REASONS = ("foraldrars-beteende", "barnets-beteende", "vald", "psykisk-ohalsa", "ovrigt")
WHOLES = {
    "placeringar-pagaende": [f"placeringar-{one}" for one in FORMS],
    "placeringar-dygn": [f"placeringar-dygn-{one}" for one in FORMS],
    "placeringar-kostnad": [f"placeringar-kostnad-{one}" for one in FORMS],
    "utredningar-inledda": [f"utredningar-inledda-{one}" for one in KINDS],
    "utredningar-avslutade": [f"utredningar-avslutade-{one}" for one in KINDS],
    "utredningar-pagaende": [f"utredningar-pagaende-{one}" for one in KINDS],
    "anmalningar-barn": [f"anmalningar-{one}" for one in REASONS],
}
PLACED = ("placeringar-paborjade", "placeringar-avslutade", "placeringar-pagaende")
INVESTIGATED = ("utredningar-inledda", "utredningar-avslutade", "utredningar-pagaende")


def asked(period: str = "2025-T2", unit: str = ROOT) -> Selection:
    return Selection(Period.parse(period), unit)


def delivered(state: Path, dataset: str, months: tuple[Month, ...]) -> list[dict[str, object]]:
    """Every row of the snapshots of the months: the slow way, past everything that sums."""
    files = (
        file for month in months for file in (state / "snapshots" / dataset / str(month)).glob("*.parquet")
    )
    return [row for file in files for row in pq.read_table(file).to_pylist()]


@pytest.mark.parametrize("whole", WHOLES)
@pytest.mark.parametrize("unit", [ROOT, "avd-barn-unga", "avd-vuxen"])
def test_forms_kinds_and_reasons_add_up_to_their_whole_in_every_month(
    facts: Facts, whole: str, unit: str
) -> None:
    found = composition(facts, WHOLES[whole], asked(unit=unit), months=60)
    points = facts.whole([whole], [unit]).get((whole, unit), {})
    if not points:
        assert not found.drawn
        return
    assert len(found.months) == 44
    for month, total in zip(found.months, found.totals, strict=True):
        assert total == pytest.approx(points[month].num), month


@pytest.mark.parametrize("form", FORMS)
def test_kronor_a_day_by_form_are_all_kronor_by_all_days(facts: Facts, demo_state: Path, form: str) -> None:
    period = Period.parse("2025-T2")
    rows = [row for row in delivered(demo_state, "placeringar", period.months) if row["form"] == form]
    cost, days = (sum(float(str(row[name])) for row in rows) for name in ("kostnad_tkr", "dygn"))
    one = readings(facts, [f"placering-dygnskostnad-{form}"], asked())[0]
    assert one.value.number == pytest.approx(1000 * cost / days)


def test_the_length_of_a_placement_is_twelve_months_of_days_by_those_that_ended(
    facts: Facts, demo_state: Path
) -> None:
    end = Month(2025, 8)
    rows = delivered(demo_state, "placeringar", end.shift(-11).until(end))
    days, ended = (sum(int(str(row[name])) for row in rows) for name in ("dygn", "avslutade"))
    one = readings(facts, ["placeringar-dygn-per-avslutad"], asked())[0]
    assert one.value.number == pytest.approx(days / ended)
    assert readings(facts, ["placeringar-dygn-per-avslutad"], asked("2022-06"))[0].value.number is None


def test_the_share_over_four_months_meets_the_printed_month(facts: Facts, demo_state: Path) -> None:
    one = readings(facts, ["utredningar-over-fyra-manader"], asked("2024-08", "avd-barn-unga"))[0]
    assert one.value.origin is Origin.PUBLISHED
    assert float(one.value.number or 0) == 52
    rows = [
        row for row in delivered(demo_state, "utredningar", (Month(2024, 8),)) if row["kind"] == "barnavard"
    ]
    late, ended = (
        sum(int(str(row[name])) for row in rows) for name in ("avslutade_over_fyra_man", "avslutade")
    )
    assert round(100 * late / ended) == 52


def test_reports_of_concern_meet_the_printed_years(facts: Facts, demo_state: Path) -> None:
    for year, printed in (("2022", 2496), ("2023", 2985)):
        rows = delivered(demo_state, "anmalningar", Period.parse(year).months)
        assert sum(int(str(row["antal"])) for row in rows) == printed
        shown = readings(facts, ["anmalningar-barn"], asked(year, "avd-barn-unga"))[0]
        assert float(shown.value.number or 0) == printed


@pytest.mark.parametrize("names", [PLACED, INVESTIGATED], ids=["placeringar", "utredningar"])
@pytest.mark.parametrize("unit", [ROOT, "avd-barn-unga", "avd-vuxen"])
def test_in_the_demo_the_stock_follows_from_what_came_and_left(
    facts: Facts, names: tuple[str, str, str], unit: str
) -> None:
    found = flow(facts, *names, asked(unit=unit), months=43)
    assert found.astray == ()
    assert found.whole.gap == 0
    assert found.whole.net == sum((row.came or 0) - (row.left or 0) for row in found.rows[-8:])


def test_a_stock_that_does_not_follow_is_found_and_not_evened_out(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = Month(2025, 5)
    real = Facts.series

    def bent(self: Facts, *args: object) -> Series:
        found = {pair: dict(points) for pair, points in real(self, *args).items()}  # type: ignore[arg-type]
        stock = found[PLACED[2], ROOT]
        stock[month] = replace(stock[month], num=stock[month].num + 3)
        return found

    monkeypatch.setattr(Facts, "series", bent)
    found = flow(facts, *PLACED, asked(), months=24)
    assert found.astray == (month, month.shift(1))
    assert [row.gap for row in found.rows[-4:-2]] == [3, -3]
    assert found.whole.gap == 0


def test_what_is_not_known_gives_no_sum_and_the_three_must_be_flows_and_a_stock(
    facts: Facts, empty_facts: Facts
) -> None:
    assert Moved(4, 3, None, 10).gap is None
    assert Moved(4, 3, 9, 11).gap == 1
    first = flow(facts, *PLACED, asked("2022-01"), months=24)
    assert (first.whole.before, first.whole.gap) == (None, None)
    nothing = flow(empty_facts, *PLACED, asked(), months=24)
    assert not nothing.drawn
    assert nothing.reason
    with pytest.raises(ValueError, match="flows"):
        flow(facts, PLACED[2], PLACED[1], PLACED[0], asked(), months=24)


def test_a_category_without_a_row_in_a_month_is_none_of_it(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = Month(2025, 8)
    real = Facts.series

    def without(self: Facts, *args: object) -> Series:
        found = {pair: dict(points) for pair, points in real(self, *args).items()}  # type: ignore[arg-type]
        found["placeringar-sis", ROOT].pop(month)
        return found

    monkeypatch.setattr(Facts, "series", without)
    found = composition(facts, WHOLES["placeringar-pagaende"], asked(), months=24)
    sis = next(part for part in found.parts if part.indicator.id == "placeringar-sis")
    assert sis.value == 0
    assert found.value == 199


def test_a_form_that_a_department_never_has_is_no_part_of_it(facts: Facts) -> None:
    found = composition(facts, WHOLES["placeringar-pagaende"], asked(unit="avd-vuxen"), months=24)
    assert len(found.parts) == 5
    assert "placeringar-jourhem" not in {part.indicator.id for part in found.parts}


def test_parts_say_what_they_are_parts_of_and_add_no_direction(facts: Facts) -> None:
    parts = [one for one in facts.catalogue.indicators.values() if one.part_of]
    assert len(parts) == 4 * len(FORMS) + 3 * len(KINDS) + 3 + len(REASONS)
    by_whole = defaultdict(set)
    for one in parts:
        by_whole[one.part_of].add(one.nature)
        assert one.direction.value == "neutral"
    assert all(len(natures) == 1 for natures in by_whole.values())
    assert {facts.catalogue.indicator(whole).nature for whole in WHOLES} <= {Nature.STOCK, Nature.FLOW}


def test_units_can_be_ordered_by_signal_the_worst_first(facts: Facts) -> None:
    found = by_unit(facts, "utredningar-pagaende", asked(), Order.SIGNAL)
    for group in found.groups:
        ranks = [SIGNALS.index(row.latest.variation) if row.latest else len(SIGNALS) for row in group]
        assert ranks == sorted(ranks)
    usual = by_unit(facts, "utredningar-pagaende", asked())
    assert {row.unit.id for row in found.rows} == {row.unit.id for row in usual.rows}


def test_a_units_picture_holds_each_of_its_measures_once_and_no_parts(facts: Facts) -> None:
    found = picture(facts, asked(unit="barn-ungdom-1"))
    names = [one.indicator.id for one in found.seen]
    assert len(names) == len(set(names))
    assert {"sjukfranvaro-r12", "utredningar-pagaende", "anmalningar-barn"} <= set(names)
    assert not any(one.indicator.part_of for one in found.seen)
    assert "hushall-bistand" in {one.id for one in found.without}
    assert [name for name, _ in found.themes] == ["Utredningar", "Medarbetare"]
    for one in found.seen:
        assert one.reading == readings(facts, [one.indicator.id], asked(unit="barn-ungdom-1"))[0]


def test_a_unit_that_did_not_exist_has_a_reason_and_no_measures(facts: Facts) -> None:
    found = picture(facts, asked("2022-T2", "tysa"))
    assert found.seen == ()
    assert found.reason == "TYSA fanns inte i redovisningen T2 2022 · jan–aug."


def test_every_unit_has_a_place_for_each_measure_and_none_where_it_is_not_followed(facts: Facts) -> None:
    names = ("sjukfranvaro-r12", "placeringar-externa", "arbetsmarknad-till-arbete-studier")
    found = {one.unit.id: one for one in glances(facts, names, asked())}
    assert len(found) == 19
    assert [cell is not None for cell in found["avd-vuxen"].cells] == [True, True, True]
    assert [cell is not None for cell in found["resurs-1"].cells] == [True, False, False]
    assert [cell is not None for cell in found["tysa"].cells] == [False, False, True]
    sick = found["resurs-1"].cells[0]
    assert sick is not None
    assert sick.latest is not None
    assert sick.latest.indicator.id == "sjukfranvaro"
