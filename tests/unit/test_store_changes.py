"""What changed between two times: by hand for each kind, and against two whole exports for any history."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.contracts import CONTRACTS
from dashboard.domain.model import Origin
from dashboard.domain.periods import Month
from dashboard.errors import SelectionError
from dashboard.intake.examination import MonthTable
from dashboard.loading import Approval, load, undo
from dashboard.measures.store_changes import Standing, StoreChanges, store_changes
from dashboard.snapshots.files import Delivery
from dashboard.snapshots.store import Store
from tests.deliveries import examined

START = datetime(2025, 9, 10, 6, tzinfo=UTC)
MONTHS = tuple(Month.parse(text) for text in ("2024-12", "2025-07", "2025-08"))
Key = tuple[str, Month]
Rows = dict[tuple[str, str], dict[str, Any]]  # by (unit, category), what each column says
Export = dict[Key, Rows]
CATEGORY = {"bedomningar": "goal", "risker": "risk", "ekonomi": "", "anmalningar": "reason"}


def as_table(dataset: str, month: Month, rows: Rows) -> MonthTable:
    category = CATEGORY[dataset]
    lines = []
    for (unit, code), said in rows.items():
        key = {"unit": unit, **({category: code} if category else {})}
        lines.append({"month": month.first_day, **key, **said})
    return MonthTable(dataset, month, pa.Table.from_pylist(lines, CONTRACTS[dataset].schema), "", "")


# --- Any history ------------------------------------------------------------------------------------------

colours = st.fixed_dictionaries(
    {"colour": st.sampled_from(["green", "yellow", "red"]), "reason": st.sampled_from(["", "ny"])}
)
scale = st.integers(1, 5)
risks = st.fixed_dictionaries(
    {"probability": scale, "consequence": scale, "measures_status": st.sampled_from(["green", "unknown"])}
)
amounts = st.sampled_from([-1.5, 0.0, 2.0])
accounts = st.fixed_dictionaries(
    dict.fromkeys(("utfall_ack", "budget_ack", "prognos_helar", "budget_helar"), amounts)
)
counts = st.fixed_dictionaries({"antal": st.integers(0, 3)})


def tables(
    units: list[str], codes: list[str], said: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[Rows]:
    keys = st.tuples(st.sampled_from(units), st.sampled_from(codes))
    return st.dictionaries(keys, said, min_size=1, max_size=4)


CONTENTS: Mapping[str, st.SearchStrategy[Rows]] = {
    "bedomningar": tables(["cai", "resurs-1"], ["km-ekonomi", "km-kvalitet"], colours),
    "risker": tables(["forvaltningen"], ["omvarldshot", "valfardsbrott"], risks),
    "ekonomi": tables(["avd-vuxen", "avd-barn-unga"], [""], accounts),
    "anmalningar": tables(["resurs-1"], ["vald", "ovrigt"], counts),
}
parts = st.sampled_from(sorted(CONTENTS)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(MONTHS), CONTENTS[name])
)
loads = st.lists(parts, min_size=1, max_size=4)
steps = st.lists(st.one_of(loads, st.just("undo")), min_size=1, max_size=6)


def replayed(store: Store, history: list[Any]) -> list[tuple[datetime | None, Export]]:
    """Do it, and keep by hand what is known after each step, beside the time of the step."""
    known: list[tuple[datetime | None, Export]] = [(None, {})]
    undone: dict[int, Export] = {}  # the entry that was made last, and what stood before it
    for day, step in enumerate(history):
        at, before = START + timedelta(days=day), known[-1][1]
        if step == "undo":
            if not undone:
                continue
            ((number, earlier),) = undone.items()
            entry = undo(store, number, "AA", "fel", at=at)
            undone, after = {entry.number: before}, earlier
        else:
            after = {**before, **{(name, month): rows for name, month, rows in step}}
            latest = {(name, month): as_table(name, month, rows) for name, month, rows in step}
            loaded = load(store, examined(*latest.values()), Approval("AA", at=at)).entry
            if loaded is None:
                assert after == before
                continue
            entry, undone = loaded, {loaded.number: before}
        known.append((entry.known_from, after))
    return known


def last(export: Export, dataset: str, year: int | None = None) -> tuple[Month | None, Rows]:
    months = [month for name, month in export if name == dataset and year in {None, month.year}]
    return (max(months), export[dataset, max(months)]) if months else (None, {})


def standing(before: Export, after: Export, dataset: str, year: int | None = None) -> set[Standing]:
    (old_month, old), (month, now) = last(before, dataset, year), last(after, dataset, year)

    def told(rows: Rows) -> dict[tuple[str, str], Any]:
        match dataset:
            case "bedomningar":
                return {(goal, unit): said["colour"] for (unit, goal), said in rows.items()}
            case "risker":
                return {
                    (risk, ""): f"{said['probability']}×{said['consequence']} {said['measures_status']}"
                    for (_, risk), said in rows.items()
                }
            case _:
                return {(str(year), unit): said["prognos_helar"] for (unit, _), said in rows.items()}

    was, stands = told(old), told(now)
    return {
        Standing(*key, was.get(key), stands.get(key), old_month, month)
        for key in was.keys() | stands.keys()
        if was.get(key) != stands.get(key)
    }


def by_force(before: Export, after: Export) -> dict[str, set[Any]]:
    """Two whole exports held against each other, value by value."""
    revised = set()
    for dataset, month in before.keys() & after.keys():
        old, now = before[dataset, month], after[dataset, month]
        for unit, category in old.keys() | now.keys():
            for column in CONTRACTS[dataset].columns:
                pair = (
                    old.get((unit, category), {}).get(column.name),
                    now.get((unit, category), {}).get(column.name),
                )
                if pair[0] != pair[1]:
                    revised.add((dataset, month, unit, category, column.name, *pair))
    years = {month.year for name, month in (*before, *after) if name == "ekonomi"}
    return {
        "new": {(*key, len(after[key])) for key in after.keys() - before.keys()},
        "gone": {(*key, len(before[key])) for key in before.keys() - after.keys()},
        "revised": revised,
        "colours": standing(before, after, "bedomningar"),
        "risks": standing(before, after, "risker"),
        "forecasts": {one for year in years for one in standing(before, after, "ekonomi", year)},
    }


def plain(found: StoreChanges) -> dict[str, set[Any]]:
    return {
        "new": {(one.dataset, one.month, one.rows) for one in found.new},
        "gone": {(one.dataset, one.month, one.rows) for one in found.gone},
        "revised": {
            (one.dataset, one.month, cell.unit, cell.category, cell.column, cell.before, cell.after)
            for one in found.revised
            for cell in (one.cell,)
        },
        "colours": set(found.colours),
        "risks": set(found.risks),
        "forecasts": set(found.forecasts),
    }


@settings(max_examples=40)
@given(steps, st.data())
def test_changes_equal_two_whole_exports_held_against_each_other(
    history: list[Any], data: st.DataObject
) -> None:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        store = Store(Path(folder) / "snapshots")
        known = replayed(store, history)
        chosen = st.integers(0, len(known) - 1)
        one, other = sorted((data.draw(chosen), data.draw(chosen)))
        since = known[one][0] or START - timedelta(days=1)
        found = store_changes(store, since, known[other][0] or since)
        assert plain(found) == by_force(known[one][1], known[other][1])
        if other == len(known) - 1:
            assert store_changes(store, since) == found
        assert store.verify() == []


# --- By hand ----------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


def count(number: int) -> MonthTable:
    return as_table("anmalningar", MONTHS[2], {("resurs-1", "vald"): {"antal": number}})


def test_a_revision_says_before_after_and_why(store: Store) -> None:
    load(store, examined(count(3)), Approval("AA", at=START))
    load(
        store, examined(count(5)), Approval("BB", reason="Dubbletter borttagna", at=START + timedelta(days=3))
    )
    load(store, examined(count(6)), Approval("CC", at=START + timedelta(days=6)))
    found = store_changes(store, date(2025, 9, 10), date(2025, 9, 14))
    (revision,) = found.revised
    assert (revision.cell.before, revision.cell.after) == (3, 5)
    assert (revision.cause.entry, revision.cause.who, revision.cause.reason) == (
        3,
        "BB",
        "Dubbletter borttagna",
    )
    assert (found.new, found.gone) == ((), ())
    assert store_changes(store, 2, 3) == found  # by the numbers of the entries
    assert store_changes(store, 3).revised[0].cause.who == "CC"


def test_an_undo_is_the_reason_of_what_came_back(store: Store) -> None:
    load(store, examined(count(3)), Approval("AA", at=START))
    entry = load(store, examined(count(5)), Approval("AA", at=START)).entry
    assert entry is not None
    undo(store, entry.number, "BB", "fel fil", at=START + timedelta(days=1))
    (revision,) = store_changes(store, entry.number).revised
    assert (revision.cell.before, revision.cell.after) == (5, 3)
    assert (revision.cause.undoes, revision.cause.reason) == (entry.number, "fel fil")
    assert not store_changes(store, 2).any


def test_a_store_without_a_log_tells_changes_by_the_times_in_its_names(store: Store) -> None:
    for day, number in enumerate((3, 4)):
        at = START + timedelta(days=day)
        store.write(
            Delivery(
                "anmalningar", MONTHS[2], count(number).table, Origin.SYNTHETIC, at, "demo", "", "demo", at
            )
        )
    (revision,) = store_changes(store, START, None).revised
    assert (revision.cell.before, revision.cell.after, revision.cause.entry) == (3, 4, None)
    assert revision.cause.who == "demo"


def test_an_entry_that_does_not_exist_is_said(store: Store) -> None:
    with pytest.raises(SelectionError, match="Leverans 7 finns inte"):
        store_changes(store, 7)
