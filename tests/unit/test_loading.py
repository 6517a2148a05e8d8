"""From an examined delivery to the store: what is shown first, what is refused, what is kept, what is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.catalogue import Catalogue
from dashboard.domain.model import Origin
from dashboard.errors import DataError, IntakeError, StoreError
from dashboard.intake.examination import MonthTable
from dashboard.loading import Approval, Loaded, MonthChange, Seen, load, preview, undo, verify
from dashboard.snapshots.compare import CellChange
from dashboard.snapshots.entries import Answer, EntryKind
from dashboard.snapshots.files import Delivery, SnapshotFile
from dashboard.snapshots.store import Store
from tests.deliveries import AUGUST, JULY, efforts, error, examined, question, reports, table, whole

NOW = datetime(2025, 9, 10, 6, tzinfo=UTC)
YES = Approval("AA", at=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


def values(store: Store) -> dict[str, int]:
    """The first count of each month in effect."""
    found = {}
    for file in store.current():
        row = store.read(file).to_pylist()[0]
        found[f"{file.dataset}/{file.month}"] = row.get("antal", row.get("inskrivna"))
    return found


def number(loaded: Loaded) -> int:
    assert loaded.entry is not None
    return loaded.entry.number


# --- Preview ----------------------------------------------------------------------------------------------


def test_the_preview_tells_new_revised_and_unchanged_months_cell_by_cell(store: Store) -> None:
    load(store, examined(reports(3), efforts(5)), YES)
    rows: dict[tuple[str, ...], int] = {
        ("barn-ungdom-1", "vald"): 3,
        ("barn-ungdom-1", "barnets-beteende"): 2,
    }
    august = MonthTable("anmalningar", AUGUST, table("anmalningar", AUGUST, rows), "", "")
    shown = preview(store, examined(august, efforts(5), efforts(6, JULY), name="ny.xlsx"))
    revised, new, same = shown.months
    assert (revised.key, revised.change) == (("anmalningar", AUGUST), MonthChange.REVISED)
    found = revised.differences
    assert (found.new, found.revised, found.gone, found.same) == (1, 0, 1, 1)
    assert found.cells == (
        CellChange("barn-ungdom-1", "barnets-beteende", "antal", None, 2),
        CellChange("barn-ungdom-1", "ovrigt", "antal", 3, None),
    )
    assert (new.key, new.change, new.before, new.rows) == (("arbetsmarknad", JULY), MonthChange.NEW, None, 1)
    assert (same.change, same.differences.any) == (MonthChange.UNCHANGED, False)
    assert shown.changed == (revised, new)
    assert shown.seen == ()


def test_the_preview_writes_nothing(store: Store) -> None:
    preview(store, whole(3))
    assert not store.root.exists()


def test_a_long_list_of_cells_is_cut_and_counted(store: Store) -> None:
    load(store, examined(reports(3)), YES)
    (month,) = preview(store, examined(reports(4)), most=1).months
    assert (len(month.differences.cells), month.differences.untold, month.differences.revised) == (1, 1, 2)


# --- Load -------------------------------------------------------------------------------------------------


def test_what_is_loaded_says_who_when_from_what_and_with_which_answers(store: Store) -> None:
    asked = replace(examined(reports(9), efforts(5)), faults=(question(),))
    approval = Approval("AA", {question().key: " Ny rutin. "}, "Rättelse från IFO ", at=NOW)
    entry = load(store, asked, approval).entry
    assert entry is not None
    assert store.history()[-1] == entry
    assert (entry.kind, entry.who, entry.known_from, entry.reason) == (
        EntryKind.LOAD,
        "AA",
        NOW,
        "Rättelse från IFO",
    )
    assert [(one.name, one.sha256) for one in entry.sources] == [("uttag.xlsx", asked.files[0].sha256)]
    assert entry.answers == (Answer(question().key, "Stämmer 9?", "Ny rutin."),)
    assert set(entry.checks) == {"anmalningar/2025-08", "arbetsmarknad/2025-08"}
    assert entry.checks["anmalningar/2025-08"][question().key] == "Stämmer 9? Svar: Ny rutin."
    assert set(entry.current) == {("anmalningar", AUGUST), ("arbetsmarknad", AUGUST)}
    for file in store.current():
        footer = store.footer(file)
        assert (footer["loaded_by"], footer["source_name"], footer["origin"]) == (
            "AA",
            "uttag.xlsx",
            "imported",
        )
        assert footer["known_from"] == NOW.isoformat()


def test_errors_and_unanswered_questions_stop_the_load(store: Store) -> None:
    with pytest.raises(IntakeError, match="1 fel"):
        load(store, replace(whole(3), faults=(error(),)), YES)
    asked = replace(whole(3), faults=(question(),))
    for answer in ("", "   "):
        with pytest.raises(IntakeError, match="1 obesvarade"):
            load(store, asked, Approval("AA", {question().key: answer}))
    assert not store.root.exists()


def test_a_unit_that_may_not_report_stops_the_load(store: Store, catalogue: Catalogue) -> None:
    strange = table("arbetsmarknad", AUGUST, {("barn-ungdom-1",): 3})
    with pytest.raises(DataError, match="redovisas inte"):
        load(store, examined(MonthTable("arbetsmarknad", AUGUST, strange, "", "")), YES, catalogue=catalogue)
    assert store.current() == ()
    assert load(store, whole(3), YES, catalogue=catalogue).entry is not None


def test_the_same_file_twice_does_nothing_and_says_so(store: Store) -> None:
    first = load(store, whole(3), YES)
    before = {path: path.read_bytes() for path in store.root.rglob("*") if path.is_file()}
    again = load(store, whole(3), Approval("BB", at=NOW + timedelta(days=1)))
    assert again.entry is None
    assert again.preview.seen == (Seen("uttag.xlsx", number(first), True),)
    assert {path: path.read_bytes() for path in store.root.rglob("*") if path.is_file()} == before


def test_the_same_values_from_another_file_do_nothing_either(store: Store) -> None:
    load(store, whole(3), YES)
    renamed = examined(*whole(3).tables, name="samma igen.csv")
    assert load(store, renamed, YES).entry is None


def test_a_correction_is_a_delivery_of_its_own_and_writes_what_differs(store: Store) -> None:
    load(store, whole(3), YES)
    fixed = examined(reports(3), reports(4, JULY), efforts(3), name="rättad.xlsx")
    entry = load(store, fixed, Approval("BB", at=NOW + timedelta(days=1))).entry
    assert entry is not None
    assert set(entry.current) == {("anmalningar", JULY)}
    assert set(entry.confirmed) == {("anmalningar", AUGUST), ("arbetsmarknad", AUGUST)}
    assert values(store) == {"anmalningar/2025-07": 4, "anmalningar/2025-08": 3, "arbetsmarknad/2025-08": 3}
    assert len(store.files()) == 4
    assert preview(store, whole(3)).seen[0].stands is False  # loading the first file again would take it back


def test_real_values_replace_made_up_ones_even_when_they_are_equal(store: Store) -> None:
    made_up = reports(3)
    store.write(
        Delivery(
            "anmalningar",
            AUGUST,
            made_up.table,
            Origin.SYNTHETIC,
            NOW - timedelta(days=9),
            "demo",
            "",
            "demo",
            NOW,
        )
    )
    (month,) = preview(store, examined(made_up)).months
    assert month.change is MonthChange.SOURCE
    load(store, examined(made_up), YES)
    assert [store.footer(file)["origin"] for file in store.current()] == ["imported"]


def test_a_preview_that_is_out_of_date_is_not_loaded(store: Store) -> None:
    shown = preview(store, whole(3))
    load(store, whole(4), YES)
    with pytest.raises(StoreError, match="Granska på nytt"):
        load(store, whole(3), Approval("BB", shown=shown))
    assert set(values(store).values()) == {4}


def test_a_serving_file_that_cannot_be_built_stops_the_load(store: Store) -> None:
    load(store, whole(3), YES)
    asked: list[int] = []

    def full(files: Sequence[SnapshotFile]) -> None:
        asked.append(len(files))
        raise StoreError("Disken är full.")

    with pytest.raises(StoreError, match="full"):
        load(store, whole(4), YES, prepare=full)
    assert asked == [3]
    assert set(values(store).values()) == {3}
    assert verify(store).strays == ()


# --- Undo -------------------------------------------------------------------------------------------------


def test_undo_makes_what_stood_before_current_again_and_undoing_that_redoes(store: Store) -> None:
    load(store, whole(3), YES)
    second = number(load(store, whole(4), YES))
    after = store.state()
    back = undo(store, second, "BB", "fel fil")
    assert set(values(store).values()) == {3}
    assert (back.kind, back.undoes, back.who, back.reason) == (EntryKind.UNDO, second, "BB", "fel fil")
    assert store.current(back.known_from - timedelta(seconds=1)) == tuple(after[key] for key in sorted(after))
    again = undo(store, back.number, "BB", "rätt fil ändå")
    assert store.state() == after
    undo(store, again.number, "BB", "nej")
    assert set(values(store).values()) == {3}
    assert verify(store).faults == ()


def test_undoing_the_first_delivery_of_a_month_takes_the_month_away(store: Store) -> None:
    load(store, examined(efforts(1, JULY)), YES)
    entry = number(load(store, whole(3), YES))
    undo(store, entry, "AA", "för tidigt")
    assert values(store) == {"arbetsmarknad/2025-07": 1}
    load(store, whole(3), YES)  # and the same file can be loaded again
    assert len(values(store)) == 4


def test_undo_is_refused_with_the_reason(store: Store) -> None:
    first = number(load(store, whole(3), YES))
    second = number(load(store, examined(efforts(7)), YES))
    count = store.log.count()
    with pytest.raises(StoreError, match=f"ändrats av leverans {second}"):
        undo(store, first, "AA", "fel")
    with pytest.raises(StoreError, match="Leverans 99 finns inte"):
        undo(store, 99, "AA", "fel")
    with pytest.raises(StoreError, match="kan inte ångras"):
        undo(store, 1, "AA", "fel")
    with pytest.raises(StoreError, match="Skriv varför"):
        undo(store, second, "AA", "  ")
    assert store.log.count() == count


def test_made_up_months_come_back_when_the_first_real_delivery_is_undone(store: Store) -> None:
    made_up = Delivery(
        "anmalningar",
        AUGUST,
        reports(3).table,
        Origin.SYNTHETIC,
        NOW - timedelta(days=9),
        "demo",
        "",
        "demo",
        NOW,
    )
    demo = store.write(made_up)
    entry = number(load(store, whole(8), YES))
    undo(store, entry, "AA", "prov")
    assert store.current() == (demo,)
