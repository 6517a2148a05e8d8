"""Deliveries are checked against themselves, against the months before and against history; answers are kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS, Column
from dashboard.domain.model import Nature
from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.intake.examination import Examination, examine
from dashboard.intake.history import FEWEST, MONTHS_BACK, _outside, _Series, limits_of
from dashboard.intake.shapes import Fault, Severity, Step
from dashboard.snapshots.store import Store

AUGUST, SEPTEMBER = Month(2025, 8), Month(2025, 9)
TODAY, NOW = date(2025, 10, 1), datetime(2025, 10, 1, 8, tzinfo=UTC)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def store(demo_state: Path) -> Store:
    return Store(demo_state / "snapshots")


def known(store: Store, dataset: str, month: Month = AUGUST) -> Rows:
    """The rows that the store has for a month."""
    (file,) = [one for one in store.current() if (one.dataset, one.month) == (dataset, month)]
    return store.read(file).to_pylist()  # type: ignore[no-any-return]


def following(store: Store, dataset: str) -> Rows:
    """A September that follows from August and that nobody would question."""
    rows = known(store, dataset)
    before = known(store, dataset, AUGUST.shift(-1))
    for row, then in zip(rows, before, strict=True):
        row["month"] = SEPTEMBER.first_day
        for into, out in (("paborjade", "avslutade"), ("inledda", "avslutade")):
            if into in row:
                row[into] = row[out] = min(row[into], row[out])
        if "dygn" in row:
            row["dygn"] = row["pagaende"] * 30
        if "avslutade_over_fyra_man" in row:
            row["avslutade_over_fyra_man"] = min(row["avslutade_over_fyra_man"], row["avslutade"])
        for column in ("utfall_ack", "budget_ack"):
            if column in row:
                row[column] = round(row[column] + (row[column] - then[column]), 1)
    return rows


def as_csv(rows: Rows) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=";")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(
            [str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row.values()]
        )
    return sink.getvalue().encode()


def delivered(
    rows: Rows, catalogue: Catalogue, store: Store | None, answers: Mapping[str, str] | None = None
) -> Examination:
    return examine([("fil.csv", as_csv(rows))], catalogue, store, today=TODAY, answers=answers)


def by_rule(found: Examination, rule: str) -> list[Fault]:
    return [fault for fault in found.faults if f"/{rule}/" in fault.key]


@pytest.mark.parametrize("dataset", CONTRACTS)
def test_what_the_store_holds_can_be_delivered_again(
    dataset: str, catalogue: Catalogue, store: Store
) -> None:
    """Written out as a system would, every month of a year comes back as it was, without an error."""
    for month in AUGUST.shift(-7).until(AUGUST)[::3]:
        rows = known(store, dataset, month)
        found = delivered(rows, catalogue, store)
        assert [str(fault) for fault in found.errors] == []
        assert [one.table.to_pylist() for one in found.tables] == [rows]


# dataset, what is done to the first row, whether it is an error or a question, the rule and the cell
BROKEN: tuple[tuple[str, Mapping[str, Any], Severity, str, str], ...] = (
    ("bistand", {"barnfamiljer": 5000}, Severity.ERROR, "del", "E2"),
    ("bistand", {"barn": 0, "barnfamiljer": 3}, Severity.ERROR, "barn", "F2"),
    ("bistand", {"hushall": 0, "barnfamiljer": 0}, Severity.QUESTION, "utan-hushall", "G2"),
    ("placeringar", {"dygn": 9000}, Severity.ERROR, "dygn-tak", "G2"),
    ("placeringar", {"dygn": 3}, Severity.QUESTION, "dygn-golv", "G2"),
    ("placeringar", {"dygn": 0}, Severity.QUESTION, "kostnad-utan-dygn", "H2"),
    ("placeringar", {"paborjade": 19}, Severity.QUESTION, "flode", "D2"),
    ("utredningar", {"avslutade_over_fyra_man": 5000}, Severity.ERROR, "del", "G2"),
    ("utredningar", {"pagaende": 5000}, Severity.QUESTION, "flode", "F2"),
    ("medarbetare", {"sjuktimmar_lang": 1e5}, Severity.ERROR, "sjuktid", "C2"),
    ("medarbetare", {"anstallda": 900}, Severity.QUESTION, "timmar", "E2"),
    ("medarbetare", {"frisknarvaro_antal": 900}, Severity.ERROR, "friska", "H2"),
    ("medarbetare", {"puls_summa": 900.0}, Severity.ERROR, "puls", "I2"),
    ("medarbetare", {"puls_svar": 80, "puls_summa": 300.0}, Severity.QUESTION, "svar", "J2"),
    ("medarbetare", {"slutat_externt": 900}, Severity.QUESTION, "slutat", "G2"),
    ("ekonomi", {"utfall_ack": 161000.0}, Severity.QUESTION, "tecken", "C2"),
    ("ekonomi", {"prognos_helar": 0.0}, Severity.QUESTION, "prognos-saknas", "E2"),
    ("ekonomi", {"budget_ack": -900000.0}, Severity.QUESTION, "budget-over-aret", "D2"),
    ("ekonomi", {"utfall_ack": -1000.0}, Severity.QUESTION, "bakat", "C2"),
    ("ekonomi", {"budget_helar": -140000.0}, Severity.QUESTION, "ny-arsbudget", "F2"),
    ("arbetsmarknad", {"avslutade_arbete": 900}, Severity.ERROR, "del", "D2"),
    ("arbetsmarknad", {"inskrivna": 0}, Severity.QUESTION, "inskrivna", "C2"),
    ("bedomningar", {"colour": "red", "reason": ""}, Severity.ERROR, "skal", "E2"),
    ("bistand", {"utbetalt_tkr": 90_000.0}, Severity.QUESTION, "historik", "G2"),
    ("anmalningar", {"antal": 900}, Severity.QUESTION, "historik", "D2"),
)


@pytest.mark.parametrize(("dataset", "change", "severity", "rule", "cell"), BROKEN)
def test_a_broken_rule_is_told_at_its_cell(
    dataset: str,
    change: Mapping[str, Any],
    severity: Severity,
    rule: str,
    cell: str,
    catalogue: Catalogue,
    store: Store,
) -> None:
    rows = following(store, dataset)
    assert not by_rule(delivered(rows, catalogue, store), rule)
    rows[0] |= change
    (fault,) = by_rule(delivered(rows, catalogue, store), rule)
    assert (fault.severity, fault.cell) == (severity, cell)
    assert fault.step is (Step.HISTORY if rule == "historik" else Step.SENSE)
    assert "{" not in fault.message
    assert "september 2025" in fault.message


def test_a_question_needs_an_answer_for_just_that_value(
    catalogue: Catalogue, store: Store, tmp_path: Path
) -> None:
    rows = following(store, "anmalningar")
    rows[0]["antal"] = 400
    found = delivered(rows, catalogue, store)
    (question,) = found.unanswered
    assert not found.ready
    with pytest.raises(IntakeError, match="1 obesvarade"):
        found.deliveries("AA", NOW)
    answered = delivered(rows, catalogue, store, {question.key: "Kampanj i skolorna."})
    assert answered.ready
    (delivery,) = answered.deliveries("AA", NOW)
    assert delivery.checks[question.key].endswith("Svar: Kampanj i skolorna.")
    kept = Store(tmp_path)
    assert kept.read(kept.write(delivery)).to_pylist() == rows
    rows[0]["antal"] = 500
    assert not delivered(rows, catalogue, store, {question.key: "Kampanj i skolorna."}).ready
    assert not delivered(rows, catalogue, store, {question.key: "  "}).ready


def test_nothing_is_asked_without_a_year_of_history(catalogue: Catalogue) -> None:
    rows: Rows = []
    for month in Month(2024, 1).until(Month(2024, 12)):
        count = 10 + month.number % 3 if month.number < 12 else 900
        rows.append({"month": month.first_day, "unit": "cai", "reason": "vald", "antal": count})
    assert delivered(rows, catalogue, None).ready
    rows.append({**rows[-1], "month": date(2025, 1, 1), "antal": 2000})
    assert [fault.cell for fault in delivered(rows, catalogue, None).questions] == ["D14"]


def test_accumulated_figures_are_asked_about_by_the_month_they_add(catalogue: Catalogue) -> None:
    """100 a month with a little noise, across a January; then one month of 900, far within the year's sum."""
    rows: Rows = []
    spent = 0.0
    for place, month in enumerate(Month(2022, 1).until(Month(2023, 11))):
        spent = (0.0 if month.number == 1 else spent) - (900.0 if place == 22 else 100.0 + 5 * (place % 3))
        money = {"utfall_ack": spent, "budget_ack": -1.0, "prognos_helar": -2400.0, "budget_helar": -2400.0}
        rows.append({"month": month.first_day, "unit": "v2023-gemensamt-ifo", **money})
    found = delivered(rows, catalogue, None)
    assert [(fault.cell, fault.key.split("/")[-1]) for fault in found.faults] == [("C24", "utfall_ack:-900")]
    assert "månadens del är −900" in found.faults[0].message


def test_a_unit_that_fell_away_is_an_error_and_a_category_a_question(
    catalogue: Catalogue, store: Store
) -> None:
    rows = following(store, "anmalningar")
    gone = delivered([row for row in rows if row["unit"] != "barn-ungdom-2"], catalogue, store)
    assert [fault.message for fault in gone.errors] == [
        "Barn och ungdom 2 fanns månaden före men saknas i september 2025. Lägg till raden, eller ange i katalogen när "
        "enheten upphörde."
    ]
    part = delivered(rows[1:], catalogue, store)
    assert not part.errors
    (question,) = part.questions
    assert "Barn och ungdom 1 · Barnets beteende fanns månaden före" in question.message
    assert delivered(rows[1:], catalogue, store, {question.key: "Inga den månaden."}).ready


def test_a_unit_that_ended_is_not_missed(catalogue: Catalogue) -> None:
    """From 2024 to 2025 the accounts were divided anew: the old rows are over, not forgotten."""
    money = {"utfall_ack": -1.0, "budget_ack": -1.0, "prognos_helar": -12.0, "budget_helar": -12.0}
    rows = [
        {"month": date(2024, 12, 1), "unit": "v2024-vuxna", **money},
        {"month": date(2025, 1, 1), "unit": "avd-vuxen", **money},
    ]
    assert [str(fault) for fault in delivered(rows, catalogue, None).faults] == []


def test_months_in_one_file_are_checked_against_each_other(catalogue: Catalogue, store: Store) -> None:
    rows = following(store, "utredningar")
    october = [{**row, "month": date(2025, 10, 1), "pagaende": row["pagaende"] + 7} for row in rows]
    found = delivered([*october, *rows], catalogue, store)
    assert len(by_rule(found, "flode")) == len(rows)
    assert all("oktober 2025" in fault.message for fault in by_rule(found, "flode"))
    assert [one.month for one in found.tables] == [SEPTEMBER, Month(2025, 10)]


TOTALS: tuple[tuple[str, Callable[[Mapping[str, float]], float], bool], ...] = (
    ("allt utom varav", lambda sums: sums["rest"] + sums["buffert"], True),
    ("utan buffert", lambda sums: sums["rest"], True),
    ("avrundad", lambda sums: round(sums["rest"]) + 0.5, True),
    ("med varav", lambda sums: sums["rest"] + sums["varav"], False),
    ("fel", lambda sums: sums["rest"] + 1000, False),
)


@pytest.mark.parametrize(("name", "total", "right"), TOTALS)
def test_a_total_may_hold_the_buffer_but_never_what_is_held_already(
    name: str, total: Callable[[Mapping[str, float]], float], right: bool, catalogue: Catalogue, store: Store
) -> None:
    rows = following(store, "ekonomi")
    kind = {"buffert": "buffert", "varav": "varav"}
    columns = [column.name for column in CONTRACTS["ekonomi"].columns]
    sums = {
        column: {
            part: sum(
                row[column] for row in rows if kind.get(catalogue.units[row["unit"]].kind, "rest") == part
            )
            for part in ("rest", "varav", "buffert")
        }
        for column in columns
    }
    rows.append({"month": SEPTEMBER.first_day, "unit": "Summa", **{one: total(sums[one]) for one in columns}})
    found = delivered(rows, catalogue, store)
    assert bool(by_rule(found, "summa")) is not right, name


def test_files_may_not_speak_of_the_same_month(catalogue: Catalogue, store: Store) -> None:
    rows = following(store, "anmalningar")
    twice = examine([("a.csv", as_csv(rows)), ("b.csv", as_csv(rows))], catalogue, store, today=TODAY)
    assert [fault.message for fault in twice.errors] == [
        "Filen har samma innehåll som a.csv. Ta bort den ena."
    ]
    other = examine([("a.csv", as_csv(rows)), ("b.csv", as_csv(rows[::-1]))], catalogue, store, today=TODAY)
    assert ["finns både i a.csv och b.csv" in fault.message for fault in other.errors] == [True]
    assert not other.ready


def test_one_bad_dataset_does_not_hide_the_tables_of_another(catalogue: Catalogue, store: Store) -> None:
    good, bad = following(store, "anmalningar"), following(store, "medarbetare")
    bad[0]["puls_summa"] = 900.0
    found = examine([("a.csv", as_csv(good)), ("m.csv", as_csv(bad))], catalogue, store, today=TODAY)
    assert [one.dataset for one in found.tables] == ["anmalningar"]
    assert not found.ready


@given(
    history=st.lists(
        st.lists(st.integers(0, 400), min_size=MONTHS_BACK, max_size=MONTHS_BACK), min_size=1, max_size=5
    ),
    now=st.integers(0, 3000),
    run=st.integers(FEWEST, MONTHS_BACK),
)
def test_the_quick_look_at_history_misses_nothing(history: list[list[int]], now: int, run: int) -> None:
    """Whatever lies outside limits computed one series at a time is found by the look at all of them at once."""
    column = Column("antal", Nature.FLOW, "antal", "int64", low=0)
    before = np.array(history, dtype=float).T
    before[run:] = np.nan
    tried = np.arange(len(history))
    series = _Series(tried, np.full(len(history), float(now)), before)
    found = _outside(series, tried, np.full(len(history), run))
    for place, line in enumerate(history):
        limits = limits_of([float(value) for value in line[:run][::-1]], column)
        # The floor cuts limits, but nothing lies below it.
        if limits is not None and (now > limits.upper or now < limits.lower):
            assert found[place]
