"""The serving file says what the snapshots say, is built whole or not at all, and lets nobody out of it."""

from __future__ import annotations

import shutil
import threading
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import catalogue as catalogues
from dashboard import warehouse
from dashboard.catalogue import Catalogue
from dashboard.domain.model import Term
from dashboard.domain.periods import Month
from dashboard.errors import StoreError
from dashboard.measures import Facts
from dashboard.settings import Settings
from dashboard.snapshots.files import SnapshotFile, fingerprint_of
from dashboard.snapshots.store import Store

Key = tuple[str, str, Month]  # indicator, unit, month
Sums = dict[Key, dict[str, float]]

CATEGORY = {"bistand": "duration", "placeringar": "form", "utredningar": "kind", "anmalningar": "reason"}


@pytest.fixture(scope="module")
def store(demo_settings: Settings) -> Store:
    return Store(demo_settings.snapshots)


@pytest.fixture(scope="module")
def few(store: Store) -> Sequence[SnapshotFile]:
    """Enough to build from, and quick to build."""
    return [file for file in store.current() if file.dataset == "anmalningar"][:3]


# --- The same numbers as the files -------------------------------------------------------------------------


def counts_into(catalogue: Catalogue, unit_id: str, month: Month) -> list[str]:
    """The unit and everything above it that existed in the month; a varav row is already in its parent."""
    found = []
    here: str | None = unit_id
    while here is not None:
        unit = catalogue.units[here]
        if unit.valid_from <= month and (unit.valid_to is None or month <= unit.valid_to):
            found.append(here)
        here = None if unit.kind == "varav" else unit.parent
    return found


def summed_by_hand(catalogue: Catalogue, store: Store) -> Sums:
    """Row by row and term by term, as one would do it with a pencil."""
    terms: list[tuple[str, str, Term]] = []
    for indicator in catalogue.indicators.values():
        terms += [(indicator.id, "num", term) for term in indicator.terms]
        terms += [(indicator.id, "den", term) for term in indicator.per]
    sums: Sums = defaultdict(dict)
    for file in store.current():
        wanted = [entry for entry in terms if entry[2].dataset == file.dataset]
        for row in store.read(file).to_pylist() if wanted else []:
            category = row.get(CATEGORY.get(file.dataset, ""), "")
            for unit in counts_into(catalogue, row["unit"], file.month):
                for indicator_id, part, term in wanted:
                    if term.category in {"", category}:
                        parts = sums[indicator_id, unit, file.month]
                        parts[part] = parts.get(part, 0.0) + row[term.column] * term.factor
    return sums


def test_every_series_of_every_unit_is_what_the_files_add_up_to(
    facts: Facts, catalogue: Catalogue, store: Store
) -> None:
    expected = summed_by_hand(catalogue, store)
    monthly = {indicator.id for indicator in catalogue.indicators.values() if indicator.monthly}
    assert {indicator for indicator, _, _ in expected} == monthly
    sample = {"forvaltningen", "avd-vuxen", "cai", "tysa", "v2023-barn-ungdom", "v2025-varav-socialpsykiatri"}
    assert sample <= {unit for _, unit, _ in expected}
    found = {}
    for (indicator_id, unit), points in facts.series(
        catalogue.indicators, catalogue.units, Month(1900, 1), Month(9999, 12)
    ).items():
        for month, point in points.items():
            found[indicator_id, unit, month] = (point.num, point.den)
    assert found.keys() == expected.keys()
    wrong = {
        key: (found[key], parts)
        for key, parts in expected.items()
        if found[key][0] != pytest.approx(parts.get("num", 0.0), rel=1e-12, abs=1e-9)
        or found[key][1] != (pytest.approx(parts["den"], rel=1e-12) if "den" in parts else None)
    }
    assert wrong == {}


def test_a_parent_holds_its_parts_and_the_buffer_once_and_no_varav_row(
    facts: Facts, catalogue: Catalogue
) -> None:
    august = Month(2025, 8)
    parts = ["avd-overgripande", "avd-vuxen", "avd-barn-unga", "omvarldsbuffert"]
    beside = [unit.id for unit in catalogue.units.values() if unit.kind == "varav" and unit.existed(august)]
    found = facts.series(["ekonomi-prognos"], ["forvaltningen", *parts, *beside], august, august)
    amounts = {unit: points[august].num for (_, unit), points in found.items()}
    assert amounts["forvaltningen"] == pytest.approx(sum(amounts[part] for part in parts))
    assert amounts["forvaltningen"] == -358_590  # t2-2025, line 285: after the buffer
    assert amounts["forvaltningen"] - amounts["omvarldsbuffert"] == -382_590  # line 283: before it
    assert len(beside) == 3
    assert all(amounts[name] != 0 for name in beside)  # so that adding one by mistake would have shown


def test_accounts_of_one_year_leave_no_trace_in_another(facts: Facts) -> None:
    units = ["v2023-barn-ungdom", "v2024-barn-ungdom", "avd-barn-unga"]
    found = facts.series(["ekonomi-utfall"], units, Month(2022, 1), Month(2025, 8))
    spans = {unit: (min(points), max(points)) for (_, unit), points in found.items()}
    assert spans == {
        "v2023-barn-ungdom": (Month(2022, 1), Month(2023, 12)),
        "v2024-barn-ungdom": (Month(2024, 1), Month(2024, 12)),
        "avd-barn-unga": (Month(2025, 1), Month(2025, 8)),
    }


# --- Built whole or not at all -----------------------------------------------------------------------------


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_a_build_leaves_one_file_and_a_second_build_leaves_it_alone(
    catalogue: Catalogue, store: Store, few: Sequence[SnapshotFile], tmp_path: Path
) -> None:
    told: list[tuple[str, float]] = []
    built = warehouse.build(tmp_path, catalogue, store, few, lambda what, share: told.append((what, share)))
    assert names_in(tmp_path) == {built.name}
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1][1] == 1.0
    before = built.stat()
    told.clear()
    assert (
        warehouse.build(tmp_path, catalogue, store, few, lambda what, share: told.append((what, share)))
        == built
    )
    assert told == []
    assert (built.stat().st_ino, built.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_build_that_is_cut_short_leaves_nothing_and_does_not_hinder_the_next(
    catalogue: Catalogue, store: Store, few: Sequence[SnapshotFile], tmp_path: Path
) -> None:
    def stop(what: str, share: float) -> None:
        if what == "räknar samman":
            assert [name for name in names_in(tmp_path) if name.endswith(".duckdb")] == []
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        warehouse.build(tmp_path, catalogue, store, few, stop)
    assert names_in(tmp_path) == set()
    left = warehouse.path_for(tmp_path, catalogue, fingerprint_of(few))
    assert warehouse.build(tmp_path, catalogue, store, few) == left


def test_nothing_is_built_from_a_snapshot_that_is_not_as_it_was_written(
    catalogue: Catalogue, store: Store, few: Sequence[SnapshotFile], tmp_path: Path
) -> None:
    shutil.copytree(store.root / "anmalningar", tmp_path / "anmalningar")
    (tmp_path / few[1].name).write_bytes(b"PAR1 something else PAR1")
    with pytest.raises(StoreError, match=few[1].name.split("/")[-1]):
        warehouse.build(tmp_path / "built", catalogue, Store(tmp_path), few)
    assert names_in(tmp_path / "built") == set()


def test_a_folder_that_cannot_be_written_is_said_in_swedish(
    catalogue: Catalogue, store: Store, few: Sequence[SnapshotFile], tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="Databasen kunde inte byggas"):
        warehouse.build(tmp_path / "taken", catalogue, store, few)


# --- The name says what it was built from ------------------------------------------------------------------


def fingerprint(catalogue: Catalogue, files: Sequence[SnapshotFile]) -> str:
    return warehouse.path_for(Path(), catalogue, fingerprint_of(files)).stem


def test_the_fingerprint_changes_with_every_snapshot_and_with_nothing_else(
    catalogue: Catalogue, store: Store, home: Path
) -> None:
    files = store.current()
    own = fingerprint(catalogue, files)
    assert fingerprint(catalogues.load(home / "data" / "catalogue"), Store(store.root).current()) == own
    changed = {own}
    for number in (0, len(files) // 2, len(files) - 1):
        other = replace(files[number], sha12="0" * 12)
        changed.add(fingerprint(catalogue, [*files[:number], other, *files[number + 1 :]]))
        changed.add(fingerprint(catalogue, [*files[:number], *files[number + 1 :]]))
    assert len(changed) == 7


def test_the_fingerprint_changes_with_every_file_of_the_catalogue(
    catalogue: Catalogue, few: Sequence[SnapshotFile], home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(home / "data" / "catalogue", folder)
    seen = {fingerprint(catalogues.load(folder), few)}
    assert seen == {fingerprint(catalogue, few)}
    written = sorted(folder.glob("*.toml"))
    for path in written:
        path.write_bytes(path.read_bytes() + b"#\n")
        seen.add(fingerprint(catalogues.load(folder), few))
    assert len(seen) == 1 + len(written)


# --- Locked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (x INTEGER)",
        "INSERT INTO meta VALUES ('schema', '0')",
        "DELETE FROM series",
        "DROP TABLE series",
        "SELECT * FROM read_csv('{outside}')",
        "SELECT * FROM read_text('{outside}')",
        "SELECT * FROM glob('{folder}/*')",
        "COPY (SELECT 1) TO '{folder}/stolen.csv'",
        "EXPORT DATABASE '{folder}/stolen'",
        "ATTACH '{folder}/other.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET threads = 8",
    ],
)
def test_a_question_can_neither_write_nor_reach_outside_the_file(
    facts: Facts, statement: str, tmp_path: Path
) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text("name,value\nx,1\n")
    cursor = facts.warehouse.connection.cursor()
    with pytest.raises(duckdb.Error):
        cursor.execute(statement.format(outside=outside.as_posix(), folder=tmp_path.as_posix())).fetchall()
    cursor.close()
    assert names_in(tmp_path) == {"secret.csv"}


def test_two_who_ask_at_once_both_get_their_own_answer(facts: Facts) -> None:
    units = ["forvaltningen", "avd-vuxen", "cai", "barn-ungdom-1"]
    first, last = Month(2022, 1), Month(2025, 8)
    alone = {unit: facts.series(["sjukfranvaro", "anstallda"], [unit], first, last) for unit in units}
    assert len({len(answer) and str(answer) for answer in alone.values()}) == len(units)
    together = threading.Barrier(4)

    def ask(unit: str) -> list[bool]:
        together.wait(timeout=30)
        known = alone[unit]
        return [facts.series(["sjukfranvaro", "anstallda"], [unit], first, last) == known for _ in range(10)]

    with ThreadPoolExecutor(4) as pool:
        assert all(all(answers) for answers in pool.map(ask, units))


def test_questions_are_counted_and_an_unknown_one_is_a_fault_of_the_program(facts: Facts) -> None:
    before = facts.warehouse.counter.queries
    facts.warehouse.run("snapshots_of", dataset="ekonomi", first=date(2025, 1, 1), last=date(2025, 8, 1))
    assert facts.warehouse.counter.queries == before + 1
    with pytest.raises(FileNotFoundError):
        facts.warehouse.run("../connection")


def test_what_is_asked_for_is_never_read_as_sql(facts: Facts) -> None:
    hostile = ["'; DROP TABLE series; --", "forvaltningen' OR '1'='1"]
    assert facts.series(hostile, hostile, Month(2022, 1), Month(2025, 8)) == {}
    assert facts.span() is not None
