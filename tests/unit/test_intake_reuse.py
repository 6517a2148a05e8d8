"""The next file of a sender is read as the last one was: while it stands, while it fits, and never blindly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.catalogue import Catalogue
from dashboard.intake.examination import Examination, examine
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.reading import Wanted, sender_of
from dashboard.intake.reuse import remembered
from dashboard.loading import Approval, load, undo
from dashboard.snapshots.entries import Entry, EntryKind
from dashboard.snapshots.store import Store
from tests.corpus.builders import xlsx
from tests.corpus.case import Row

TODAY = date(2025, 12, 5)
HEADERS = {"Tid": "month", "Var": "unit", "Varför": "reason", "Hur många": "antal", "Handl": ""}
MAPPING = SenderMapping("", "anmalningar", HEADERS, names={"Grupp ett": "barn-ungdom-1"})
Read = Callable[..., Examination]


def reports(month: str, head: str = "Tid;Var;Varför;Hur många;Handl", unit: str = "Grupp ett") -> bytes:
    return f"{head}\n{month};{unit};Våld;3;AA\n{month};{unit};Övrigt;2;BB\n".encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


@pytest.fixture
def read(catalogue: Catalogue, store: Store) -> Read:
    def run(name: str, data: bytes, mapping: SenderMapping | None = None, **wanted: Any) -> Examination:
        told = Wanted(mappings=[mapping] if mapping else (), **wanted)
        return examine([(name, data)], catalogue, store, today=TODAY, wanted=told)

    return run


def loaded(store: Store, found: Examination) -> int:
    assert found.ready, found.faults
    entry = load(store, found, Approval("AA")).entry
    assert entry is not None
    return entry.number


def used(found: Examination) -> list[int]:
    """The deliveries that the sheets were read as."""
    return [sheet.header.saved.entry if sheet.header.saved else 0 for sheet in found.files[0].sheets]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("uttag-september-2025.csv", "uttag-oktober-2025.csv"),
        ("IFO Uttag 2025-09.xlsx", "ifo_uttag_2025-10 (2).csv"),
        ("Lön 250930.csv", "lo\u0308n 251031.csv"),
        ("uttag_20251003_081500.csv", "Uttag 2025-11-04T09.20.csv"),
        ("2025-09.csv", "oktober.csv"),
    ],
)
def test_the_month_of_a_name_does_not_tell_senders_apart(one: str, other: str) -> None:
    assert sender_of(one) == sender_of(other)


@pytest.mark.parametrize("other", ["barn-ungdom-2 2025-09.csv", "barn 2025-09.csv", "2025-09.csv"])
def test_other_words_and_numbers_of_a_name_do(other: str) -> None:
    assert sender_of("barn-ungdom-1 2025-09.csv") != sender_of(other)


def test_next_month_is_read_as_the_last_one(store: Store, read: Read) -> None:
    assert read("uttag-september-2025.csv", reports("2025-09")).files[0].refused
    first = loaded(store, read("uttag-september-2025.csv", reports("2025-09"), MAPPING))
    october = read("uttag-oktober-2025.csv", reports("2025-10"))
    assert used(october) == [first]
    assert october.files[0].notes == ()
    assert october.tables[0].table.column("antal").to_pylist() == [2, 3]
    second = loaded(store, october)
    assert used(read("uttag-november-2025.csv", reports("2025-11"))) == [second], "the newest counts"


def test_it_is_left_alone_when_asked_to_be_and_for_other_senders(store: Store, read: Read) -> None:
    loaded(store, read("uttag-september-2025.csv", reports("2025-09"), MAPPING))
    name = "uttag-oktober-2025.csv"
    for found in (
        read(name, reports("2025-10"), reuse=False),
        read(name, reports("2025-10"), afresh=frozenset({name})),
        read("annat-oktober-2025.csv", reports("2025-10")),
    ):
        assert found.files[0].refused
        assert found.files[0].notes == ()


def test_changed_headers_are_read_afresh_and_it_is_said_which_is_gone(store: Store, read: Read) -> None:
    first = loaded(store, read("uttag-september-2025.csv", reports("2025-09"), MAPPING))
    head = "Tid;Enhet;Varför;Hur många;Handl"
    (note,) = read("uttag-oktober-2025.csv", reports("2025-10", head)).files[0].notes
    assert note.startswith(f"Filen är inte uppställd som i leverans {first}")
    known = read(
        "uttag-oktober-2025.csv", reports("2025-10", "Månad;Enhet;Orsak;Antal;Handl", "barn-ungdom-1")
    )
    assert known.ready
    assert "”Hur många”, ”Tid”, ”Var” och ”Varför” saknas." in known.files[0].notes[0]
    moved = read("uttag-oktober-2025.csv", b"Mer;" + reports("2025-10").replace(b"\n2025", b"\n9;2025"))
    assert used(moved) == [first], "a column more, and in other places, is the same file"


def test_an_older_one_serves_when_the_newest_does_not_fit(store: Store, read: Read) -> None:
    first = loaded(store, read("uttag-september-2025.csv", reports("2025-09"), MAPPING))
    plain = reports("2025-10", "Månad;Enhet;Orsak;Antal;Handl", "barn-ungdom-1")
    loaded(store, read("uttag-oktober-2025.csv", plain))
    assert used(read("uttag-november-2025.csv", reports("2025-11"))) == [first]


def test_one_that_was_undone_does_not_count_until_the_undoing_is_undone(store: Store, read: Read) -> None:
    first = loaded(store, read("uttag-september-2025.csv", reports("2025-09"), MAPPING))
    taken_back = undo(store, first, "AA", "Fel tolkning.").number
    assert read("uttag-oktober-2025.csv", reports("2025-10")).files[0].refused
    undo(store, taken_back, "AA", "Det var rätt.")
    assert used(read("uttag-oktober-2025.csv", reports("2025-10"))) == [first]


@pytest.mark.parametrize(
    "broken",
    [
        {"dataset": "väder"},
        {"headers": {"Tid": "month", "Var": "unit", "Hur många": "pengar"}},
        {"headers": None},
        {"scales": {"antal": -1}},
        {"names": [["Grupp ett", "barn-ungdom-1"]]},
    ],
    ids=str,
)
def test_one_that_no_longer_fits_the_contract_is_passed_over_and_said(
    store: Store, read: Read, broken: dict[str, Any]
) -> None:
    loaded(store, read("uttag-september-2025.csv", reports("2025-09"), MAPPING))
    told = [{**MAPPING.as_dict(), "sender": "uttag", **broken}, {"sender": 3}]
    _append(store, told)
    october = read("uttag-oktober-2025.csv", reports("2025-10"))
    assert used(october) == [2], "the one before it still fits"
    assert october.ready
    undo(store, 2, "AA", "Bort.")
    (note,) = read("uttag-oktober-2025.csv", reports("2025-10")).files[0].notes
    assert note.startswith("Hur leverans 3 lästes går inte att använda igen")


def _append(store: Store, mappings: list[dict[str, Any]]) -> None:
    """A delivery that changes no month, with these mappings: as another version of the program may have written it."""
    last = store.log.last()
    assert last is not None
    when = store.next_moment(last.known_from)
    store.log.append(Entry(0, EntryKind.LOAD, when, "BB", mappings=tuple(mappings)), store.state())


def test_a_log_that_cannot_be_read_is_said(store: Store, read: Read, catalogue: Catalogue) -> None:
    loaded(store, read("uttag-september-2025.csv", reports("2025-09"), MAPPING))
    path = store.root / "_deliveries" / "000002.json"
    path.chmod(0o644)
    path.write_text("{", encoding="utf-8")
    known = remembered(store, catalogue, ["uttag-oktober-2025.csv"])
    assert known.of("uttag-oktober-2025.csv") == ()
    (note,) = known.notes("uttag-oktober-2025.csv", ())
    assert note.startswith("Sparade mappningar kunde inte läsas. Filen _deliveries/000002.json")


def test_kronor_stay_kronor(store: Store, read: Read) -> None:
    """What somebody said of a column's numbers is remembered, and does not touch a number with a unit of its own."""
    head = "Period;Avdelning;Placeringsform;Pågående;Påbörjade;Avslutade;Dygn;Kostnad"
    mapping = SenderMapping("", "placeringar", dict.fromkeys(head.split(";"), ""))
    columns = ("month", "unit", "form", "pagaende", "paborjade", "avslutade", "dygn", "kostnad_tkr")
    mapping = replace(
        mapping, headers=dict(zip(head.split(";"), columns, strict=True)), scales={"kostnad_tkr": 0.001}
    )

    def file(month: str, cost: str) -> bytes:
        return f"{head}\n{month};barn-och-unga;Familjehem;15;4;4;465;{cost}\n".encode()

    found = read("vard-2025-09.csv", file("2025-09", "960800"), mapping)
    if not found.ready:
        pytest.fail(str(found.faults))
    loaded(store, found)
    for cost in ("970 500", "970 500 kr", "970,5 tkr"):
        october = read("vard-2025-10.csv", file("2025-10", cost))
        assert october.tables[0].table.column("kostnad_tkr").to_pylist() == [970.5], cost


def test_a_name_that_says_itself_is_not_held_to_what_it_was(store: Store, read: Read) -> None:
    """A unit's name may mean another unit one day; only the sender's own words are remembered."""
    both = replace(MAPPING, names={"Grupp ett": "barn-ungdom-1"})
    data = reports("2025-09") + "2025-09;barn-ungdom-2;Våld;1;CC\n".encode()
    found = read("uttag-september-2025.csv", data, both)
    loaded(store, replace(found, answers={one.key: "Ja" for one in found.questions}))
    october = read("uttag-oktober-2025.csv", reports("2025-10"))
    saved = october.files[0].sheets[0].header.saved
    assert saved is not None
    assert dict(saved.names) == {"Grupp ett": "barn-ungdom-1"}


def test_a_word_may_stand_for_a_unit_and_spell_a_code(read: Read) -> None:
    mapping = replace(MAPPING, names={"Våld": "barn-ungdom-1"})
    found = read("uttag-2025-09.csv", reports("2025-09", unit="Våld"), mapping)
    assert found.ready, found.faults
    assert set(found.tables[0].table.column("reason").to_pylist()) == {"vald", "ovrigt"}


def test_sheets_of_a_sender_are_told_apart_by_their_names(store: Store, read: Read) -> None:
    """Two sheets with the same headers can hold different datasets; the month in a sheet's name does not count."""

    def book(month: str, name: str) -> bytes:
        rows: list[Row] = [["När", "Var", "Vad", "Antal"], [month, "barn-ungdom-1", "Våld", 3]]
        people: list[Row] = [["När", "Var", "Vad", "Antal"], [month, "x", "y", 3]]
        return xlsx((f"Anmälningar {name}", rows), ("Listor", people))

    mapping = SenderMapping(
        "", "anmalningar", {"När": "month", "Var": "unit", "Vad": "reason", "Antal": "antal"}
    )
    first = loaded(store, read("uttag-sep-2025.xlsx", book("2025-09", "sep 2025"), mapping))
    assert used(read("uttag-okt-2025.xlsx", book("2025-10", "okt 2025"))) == [first]
    other = xlsx(("Personal", [["När", "Var", "Vad", "Antal"], ["2025-10", "barn-ungdom-1", "Våld", 3]]))
    assert read("uttag-okt-2025.xlsx", other).files[0].refused
