"""What the filters offer exists, can be read back, and always holds what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dashboard.catalogue import Catalogue
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.measures import Facts
from dashboard.ui import filters
from dashboard.ui.filters import Group, Option

PERIODS = [
    "2025-T2",
    "2024-T2",
    "2023",
    "2025-03",
    "R12-2025-03",
    "2025-05..2025-08",
    "2022-02..2022-04",
    "2031",
]


def options(groups: Sequence[Group]) -> list[Option]:
    return [option for group in groups for option in group.options]


def units(catalogue: Catalogue, period: str, unit: str = "forvaltningen") -> tuple[Group, ...]:
    return filters.units(catalogue, Selection(Period.parse(period), unit))


@pytest.mark.parametrize("period", PERIODS)
def test_every_period_on_offer_can_be_read_and_exactly_one_is_chosen(facts: Facts, period: str) -> None:
    groups = filters.periods(facts, facts.span(), Period.parse(period))
    found = options(groups)
    assert [option.value for option in found if option.selected] == [period]
    values = [option.value for option in found]
    assert len(set(values)) == len(values)
    for option in found:
        assert str(Period.parse(option.value)) == option.value
        assert option.label == Period.parse(option.value).label
    assert all(group.options for group in groups)


def test_report_periods_come_first_and_nothing_is_offered_that_has_not_ended(facts: Facts) -> None:
    groups = filters.periods(facts, facts.span(), Period.parse("2025-T2"))
    assert groups[0].label == "Rapporterade perioder"
    assert {"2025-T2", "2024-T2", "2023"} <= {option.value for option in groups[0].options}
    assert [group.label for group in groups[1:]] == ["2025", "2024", "2023", "2022"]
    rest = {option.value for group in groups[1:] for option in group.options}
    assert "2025-08" in rest
    assert not {"2025", "2025-09", "2025-09..2025-12"} & rest


def test_without_months_only_what_is_reported_is_offered(empty_facts: Facts) -> None:
    groups = filters.periods(empty_facts, empty_facts.span(), Period.parse("2025-T2"))
    assert [group.label for group in groups] == ["Rapporterade perioder"]


@pytest.mark.parametrize("period", PERIODS)
def test_every_unit_that_existed_is_offered_once_and_no_other(catalogue: Catalogue, period: str) -> None:
    when = Period.parse(period)
    values = [option.value for option in options(units(catalogue, period))]
    expected = {
        unit.id
        for unit in catalogue.units.values()
        if unit.valid_from <= when.end and (unit.valid_to is None or when.start <= unit.valid_to)
    }
    assert sorted(values) == sorted(expected)


def test_the_accounts_of_2023_and_of_2025_are_not_mixed(catalogue: Catalogue) -> None:
    old = {option.value for option in options(units(catalogue, "2023"))}
    new = {option.value for option in options(units(catalogue, "2025-T2"))}
    assert {"v2023-ukraina", "v2023-varav-forsorjning-ifo", "cai"} <= old
    assert {"v2025-varav-socialpsykiatri", "omvarldsbuffert", "tysa", "cai"} <= new
    assert not any(
        value.startswith(("v2024", "v2025")) or value in {"tysa", "omvarldsbuffert"} for value in old
    )
    assert not any(value.startswith(("v2023", "v2024")) for value in new)
    assert "Ekonomins indelning 2023" in {group.label for group in units(catalogue, "2023")}


def test_teams_stand_under_their_unit_and_units_under_their_department(catalogue: Catalogue) -> None:
    (adults,) = [group for group in units(catalogue, "2025-T2") if group.label == "Avdelning vuxen"]
    labels = {option.value: option.label for option in adults.options}
    assert adults.options[0].value == "avd-vuxen"
    assert [
        len(labels[name]) - len(labels[name].lstrip(filters.INDENT)) for name in ("avd-vuxen", "cai", "tysa")
    ] == [
        0,
        1,
        2,
    ]


@pytest.mark.parametrize("period", PERIODS)
def test_the_chosen_unit_is_always_in_the_list_and_marked_when_it_did_not_exist(
    catalogue: Catalogue, period: str
) -> None:
    when = Period.parse(period)
    for unit in catalogue.units.values():
        found = options(units(catalogue, period, unit.id))
        (chosen,) = [option for option in found if option.selected]
        assert chosen.value == unit.id
        was_there = unit.valid_from <= when.end and (unit.valid_to is None or when.start <= unit.valid_to)
        assert (f"fanns inte {when.short}" in chosen.label) is not was_there


def test_a_comparison_names_the_period_it_means(catalogue: Catalogue) -> None:
    found = filters.comparisons(Selection(Period.parse("2025-T2"), catalogue.root, Compare.PREVIOUS))
    assert [(option.value, option.label, option.selected) for option in found] == [
        ("forra-aret", "Förra året · T2 2024", False),
        ("forra-perioden", "Perioden före · T1 2025", True),
        ("mal", "Mål och budget", False),
    ]
    assert all(Compare(option.value) for option in found)
