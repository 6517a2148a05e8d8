"""A delivery that breaks its contract is refused, and the message says what is wrong where."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Nature
from dashboard.domain.periods import Month

MONTH = Month(2025, 8)


def rows(dataset: str, **changes: Any) -> pa.Table:
    """One valid row of a dataset, with changes."""
    samples: dict[str, dict[str, Any]] = {
        "anmalningar": {"unit": "barn-ungdom-1", "reason": "vald", "antal": 3},
        "ekonomi": {
            "unit": "avd-vuxen",
            "utfall_ack": -10.0,
            "budget_ack": -9.0,
            "prognos_helar": -15.0,
            "budget_helar": -14.0,
        },
        "bedomningar": {"unit": "cai", "goal": "nm-ekonomi", "colour": "green", "reason": "Enligt plan"},
        "risker": {
            "unit": "forvaltningen",
            "risk": "valfardsbrott",
            "probability": 4,
            "consequence": 4,
            "measures_status": "green",
        },
    }
    row = {"month": MONTH.first_day, **samples[dataset], **changes}
    return pa.Table.from_pylist([row], schema=CONTRACTS[dataset].schema)


def test_all_nine_datasets_have_month_and_unit_and_a_nature_for_every_number() -> None:
    assert set(CONTRACTS) == {
        *("bistand", "placeringar", "utredningar", "anmalningar", "medarbetare"),
        *("ekonomi", "arbetsmarknad", "bedomningar", "risker"),
    }
    for contract in CONTRACTS.values():
        assert contract.schema.names[:2] == ["month", "unit"]
        assert contract.keys == tuple(contract.schema.names[: len(contract.keys)])
        for column in contract.columns:
            assert (column.nature is None) == (column.type == pa.string()), column.name


@pytest.mark.parametrize(
    ("dataset", "column", "nature"),
    [
        ("bistand", "hushall", Nature.STOCK),
        ("bistand", "utbetalt_tkr", Nature.FLOW),
        ("placeringar", "pagaende", Nature.STOCK),
        ("placeringar", "dygn", Nature.FLOW),
        ("medarbetare", "anstallda", Nature.STOCK),
        ("ekonomi", "utfall_ack", Nature.ACCUMULATED),
        ("ekonomi", "prognos_helar", Nature.FULL_YEAR),
    ],
)
def test_what_may_be_summed_over_months_is_stated(dataset: str, column: str, nature: Nature) -> None:
    assert CONTRACTS[dataset].column(column).nature is nature


@pytest.mark.parametrize("dataset", ["anmalningar", "ekonomi", "bedomningar", "risker"])
def test_a_sound_delivery_has_no_faults(dataset: str) -> None:
    kinds = {
        "barn-ungdom-1": "enhet",
        "cai": "enhet",
        "avd-vuxen": "avdelning",
        "forvaltningen": "forvaltning",
    }
    assert CONTRACTS[dataset].faults(rows(dataset), MONTH, kinds) == []


@pytest.mark.parametrize(
    ("dataset", "changes", "message"),
    [
        ("anmalningar", {"antal": -1}, "antal: -1 är under 0"),
        ("anmalningar", {"reason": "annat"}, "reason: koden 'annat' finns inte"),
        ("anmalningar", {"month": Month(2025, 7).first_day}, "raderna gäller 2025-07-01, ska gälla 2025-08"),
        ("ekonomi", {"utfall_ack": float("nan")}, "utfall_ack: ett värde är inte ett tal"),
        ("ekonomi", {"utfall_ack": float("inf")}, "utfall_ack: ett värde är inte ett tal"),
        ("bedomningar", {"colour": "grå"}, "colour: koden 'grå' finns inte"),
        ("risker", {"probability": 6}, "probability: 6 är över 5"),
    ],
)
def test_each_broken_rule_is_named(dataset: str, changes: dict[str, Any], message: str) -> None:
    assert message in CONTRACTS[dataset].faults(rows(dataset, **changes), MONTH)


def several(*wrong: int, months: int = 4, **changes: Any) -> dict[Month, pa.Table]:
    """Months of two rows each, in order; those numbered in ``wrong`` with the changes."""
    found = {}
    for number in range(months):
        day = MONTH.shift(number).first_day
        more = changes if number in wrong else {}
        two = [
            rows("anmalningar", **{"month": day, "reason": reason, **more}) for reason in ("ovrigt", "vald")
        ]
        found[MONTH.shift(number)] = pa.concat_tables(two)
    return found


_KINDS = {"barn-ungdom-1": "enhet", "cai": "avdelning", "x": "forvaltning"}


@given(
    st.sets(st.integers(0, 3)),
    st.sampled_from(
        [
            {},
            {"antal": -1},
            {"reason": "annat"},
            {"unit": "okand"},
            {"unit": "x"},
            {"month": MONTH.first_day},
            {"month": MONTH.shift(3).first_day},
            {"reason": "vald"},
        ]
    ),
)
def test_many_months_in_one_look_are_sound_when_each_of_them_is(
    wrong: set[int], changes: dict[str, Any]
) -> None:
    contract, months = CONTRACTS["anmalningar"], several(*wrong, **changes)
    faults = {month: contract.faults(one, month, _KINDS) for month, one in months.items()}
    assert contract.all_sound(months, _KINDS) == (not any(faults.values()))


def test_a_row_that_has_strayed_into_the_month_before_is_seen_in_one_look() -> None:
    contract, months = CONTRACTS["anmalningar"], several(months=2)
    first, second = months.values()
    strayed = {MONTH: pa.concat_tables([first, second.slice(0, 1)]), MONTH.shift(1): second.slice(1)}
    assert contract.all_sound(months)
    assert not contract.all_sound(strayed)
    assert contract.faults(strayed[MONTH], MONTH), "it is a fault by itself, too"


def test_months_that_are_empty_misshapen_or_out_of_order_are_left_to_a_closer_look() -> None:
    contract, months = CONTRACTS["anmalningar"], several(months=2)
    first = months[MONTH]
    assert contract.all_sound({})
    for other in (
        first.slice(0, 0),
        first.drop_columns(["antal"]),
        first.set_column(3, "antal", pa.array([None, 1], type=pa.int64())),
        first.take([1, 0]),
    ):
        assert not contract.all_sound(months | {MONTH: other})


def test_risks_are_about_the_whole_organisation_whatever_its_id() -> None:
    kinds = {"hela-stan": "forvaltning", "cai": "enhet"}
    assert CONTRACTS["risker"].faults(rows("risker", unit="hela-stan"), MONTH, kinds) == []
    assert CONTRACTS["risker"].faults(rows("risker", unit="cai"), MONTH, kinds) == [
        "risker redovisas inte för 'cai' (enhet)"
    ]
    assert [one.name for one in CONTRACTS.values() if one.whole_only] == ["risker"]


def test_costs_may_be_negative() -> None:
    assert CONTRACTS["ekonomi"].faults(rows("ekonomi", utfall_ack=-1.0), MONTH) == []


def test_a_missing_value_an_empty_delivery_and_a_double_row_are_faults() -> None:
    contract = CONTRACTS["anmalningar"]
    missing = rows("anmalningar").set_column(3, "antal", pa.array([None], type=pa.int64()))
    assert contract.faults(missing, MONTH) == ["kolumnen antal saknar värde"]
    assert contract.faults(rows("anmalningar").slice(0, 0), MONTH) == ["leveransen har inga rader"]
    double = pa.concat_tables([rows("anmalningar"), rows("anmalningar", antal=4)])
    assert contract.faults(double, MONTH) == ["raden barn-ungdom-1 · vald finns mer än en gång"]
    apart = pa.concat_tables([rows("anmalningar"), rows("anmalningar", reason="ovrigt"), rows("anmalningar")])
    assert contract.faults(apart, MONTH) == ["raden barn-ungdom-1 · vald finns mer än en gång"]
    assert contract.faults(apart.slice(0, 2), MONTH) == []


def test_columns_must_be_there_in_order_and_of_the_right_type() -> None:
    contract = CONTRACTS["anmalningar"]
    table = rows("anmalningar")
    assert contract.faults(table.drop_columns(["antal"]), MONTH) == ["kolumnen antal saknas"]
    more = table.append_column("personnummer", pa.array(["x"]))
    assert contract.faults(more, MONTH) == ["kolumnen personnummer hör inte till anmalningar"]
    turned = table.select(["month", "unit", "antal", "reason"])
    assert contract.faults(turned, MONTH) == ["kolumnerna står i fel ordning: month, unit, antal, reason"]
    words = table.set_column(3, "antal", pa.array(["3"]))
    assert contract.faults(words, MONTH) == ["kolumnen antal är string, ska vara int64"]


def test_a_unit_must_exist_and_be_of_a_kind_that_reports_the_dataset() -> None:
    contract = CONTRACTS["anmalningar"]
    assert contract.faults(rows("anmalningar"), MONTH, {}) == [
        "enheten 'barn-ungdom-1' finns inte i katalogen"
    ]
    wrong = contract.faults(rows("anmalningar"), MONTH, {"barn-ungdom-1": "team"})
    assert wrong == ["anmalningar redovisas inte för 'barn-ungdom-1' (team)"]


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="personnummer"):
        CONTRACTS["bistand"].column("personnummer")


def test_naming_datasets_and_files_loads_no_heavy_library() -> None:
    code = "import sys, dashboard.cli; print([m for m in ('pyarrow', 'numpy', 'pandas') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]", "the start of the server would wait for it"
