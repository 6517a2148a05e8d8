"""The notes' store: what is written stands as it was written, for ever; what is withdrawn is gone from then on."""

from __future__ import annotations

import json
import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.periods import Month, Period
from dashboard.errors import StoreError
from dashboard.measures.noted import Noted
from dashboard.notes import NO_NOTES, Draft, Note, NoteError, NoteStore, clean
from dashboard.notes.note import LONGEST_NAME, LONGEST_REASON, LONGEST_TEXT
from dashboard.notes.records import decode, encode
from dashboard.settings import Settings
from dashboard.snapshots.storage import LocalStorage

AUGUST = Period.month(Month(2025, 8))
MORNING = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)
LINE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1, max_size=LONGEST_NAME
).filter(lambda text: any(unicodedata.category(sign)[0] in "LNPS" for sign in text))
PERIODS = st.sampled_from(["2025-08", "2025-T2", "2025", "2024-05..2024-08", "R12-2025-08"]).map(Period.parse)
DRAFTS = st.builds(
    Draft, st.sampled_from(["puls", "hushall-bistand"]), st.sampled_from([None, "cai"]), PERIODS, LINE, LINE
)


def draft(text: str = "En förklaring.", unit: str | None = None, **more: str) -> Draft:
    return Draft("puls", unit, AUGUST, text, "Anna", **more)


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path / "notes")


@given(DRAFTS, st.integers(1, 999_999), st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)))
def test_any_text_comes_back_as_it_was_written(draft: Draft, number: int, written: datetime) -> None:
    note = Note(number, written.replace(microsecond=0, tzinfo=UTC), draft)
    assert decode("x.json", number, encode(note)) == note


@given(st.text(max_size=400))
def test_what_is_cleaned_is_taken_or_refused_with_a_reason_and_never_altered_further(text: str) -> None:
    try:
        found = draft(clean(text))
    except NoteError as error:
        told = error.faults
    else:
        told = {}
    if told:
        assert list(told) == ["text"]
        assert told["text"].endswith(".")
        return
    assert found.text == clean(text)
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in found.text)
    assert len(found.text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Skriv vad"),
        (" \u200b ", "Skriv vad"),
        ("a\x07b", "inte är text"),
        ("a\u202eb", "inte är text"),
        ("a\ud800", "inte är text"),
        ("a\u2028b", "inte är text"),
        ("a" * 281, "Texten är 281 tecken. Högst 280 får plats."),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(text: str, told: str) -> None:
    with pytest.raises(NoteError, match=told) as caught:
        draft(text)
    assert list(caught.value.faults) == ["text"]


def test_lines_become_one_and_the_same_letter_is_written_in_one_way() -> None:
    assert clean(" en\r\ntvå\ttre ") == "en  två tre"
    assert clean("a\u030a") == "å"


@given(st.lists(st.one_of(DRAFTS, st.integers(0, 5)), max_size=8))
def test_notes_are_what_was_written_and_not_withdrawn(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Draft | int]
) -> None:
    """Against the obvious list; and no file that was there before is ever touched."""
    store = NoteStore(tmp_path_factory.mktemp("notes"))
    held: list[tuple[int, Draft]] = []
    before: dict[str, bytes] = {}
    for step in steps:
        if isinstance(step, Draft):
            held.append((store.write(step).number, step))
        elif step < len(held):
            store.withdraw(held.pop(step)[0], "Bo", "Fel")
        files = {path.name: path.read_bytes() for path in store.root.glob("*.json")}
        assert before.items() <= files.items()
        before = files
    for seen in (store, NoteStore(store.root)):
        assert [(one.number, one.draft) for one in seen.current().shown] == held
        assert len(seen.history()) == len(before)


def test_as_known_on_a_day_the_later_notes_are_not_there_and_the_withdrawn_are(store: NoteStore) -> None:
    first = store.write(draft("Först."), at=MORNING)
    store.write(draft("Sedan."), at=MORNING + timedelta(days=1))
    store.withdraw(first.number, "Bo", "Fel månad", at=MORNING + timedelta(days=2))

    def texts(as_of: date | None) -> list[str]:
        return [one.draft.text for one in store.current(as_of).shown]

    assert store.current(date(2026, 3, 1)) is NO_NOTES
    assert texts(date(2026, 3, 2)) == ["Först."]
    assert texts(MORNING - timedelta(seconds=1)) == []
    assert texts(date(2026, 3, 3)) == ["Först.", "Sedan."]
    assert texts(date(2026, 3, 4)) == texts(None) == ["Sedan."]
    prints = [store.current(date(2026, 3, day)).fingerprint for day in (1, 2, 3, 4)]
    assert len(set(prints)) == 4
    assert store.current().moment == MORNING + timedelta(days=2)


def test_a_clock_that_goes_back_does_not_put_a_note_before_the_last(store: NoteStore) -> None:
    store.write(draft(), at=MORNING)
    assert store.write(draft("Sedan."), at=MORNING - timedelta(hours=3)).written == MORNING


def test_the_same_writing_sent_twice_is_one_note(store: NoteStore) -> None:
    key = "0" * 32
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: NoteStore(store.root).write(draft(key=key)).number, range(8)))
    assert set(numbers) == {1}
    gone = [store.withdraw(1, "Bo", "Fel", key=key) for _ in range(2)]
    assert gone[0] == gone[1]
    assert len(store.history()) == 2


def test_many_who_write_at_once_each_get_a_number(store: NoteStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda at: NoteStore(store.root).write(draft(f"Nr {at}")).number, range(16)))
    assert sorted(numbers) == list(range(1, 17))


def test_a_withdrawal_needs_a_note_and_a_reason_and_happens_once(store: NoteStore) -> None:
    store.write(draft())
    with pytest.raises(NoteError, match="finns inte"):
        store.withdraw(7, "Bo", "Fel")
    with pytest.raises(NoteError) as caught:
        store.withdraw(1, "", "x" * (LONGEST_REASON + 1))
    assert set(caught.value.faults) == {"skal", "vem"}
    store.withdraw(1, "Bo", "Fel")
    with pytest.raises(NoteError, match="Bo har redan"):
        store.withdraw(1, "Anna", "Också fel")
    with pytest.raises(NoteError, match="finns inte"):
        store.withdraw(2, "Bo", "Ett tillbakadragande kan inte dras tillbaka")
    assert store.current().shown == ()


def test_a_note_is_about_a_unit_or_all(store: NoteStore) -> None:
    for unit in (None, "cai", "tysa"):
        store.write(draft(f"Om {unit}.", unit))
    store.write(Draft("hushall-bistand", None, AUGUST, "Ett annat mått.", "Anna"))
    found = store.current().about("puls", ["cai"])
    assert [one.draft.unit for one in found] == [None, "cai"]


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", b'{"sha256": 3}', b"[]"])
def test_a_damaged_file_is_a_notice_and_the_others_are_shown(store: NoteStore, damage: bytes) -> None:
    for text in ("Ett.", "Två.", "Tre."):
        store.write(draft(text))
    whole = store.current()
    path = store.root / "000002.json"
    sound = path.read_bytes()
    os.chmod(path, 0o644)
    path.write_bytes(damage)
    broken = NoteStore(store.root)
    found = broken.current()
    assert [one.draft.text for one in found.shown] == ["Ett.", "Tre."]
    assert len(found.faults) == 1
    assert "000002.json" in found.faults[0]
    assert found.fingerprint != whole.fingerprint
    assert broken.write(draft("Fyra.")).number == 4
    path.write_bytes(sound)  # restored: it counts at the next look
    assert [one.draft.text for one in broken.current().shown] == ["Ett.", "Två.", "Tre.", "Fyra."]
    assert broken.current().faults == ()


def test_a_changed_word_is_found_out(store: NoteStore) -> None:
    store.write(draft("Sant."))
    path = store.root / "000001.json"
    told = json.loads(path.read_bytes()) | {"text": "Falskt."}
    os.chmod(path, 0o644)
    path.write_text(json.dumps(told), encoding="utf-8")
    assert NoteStore(store.root).current().shown == ()


def test_a_file_that_is_gone_or_does_not_belong_is_told(store: NoteStore) -> None:
    for text in ("Ett.", "Två."):
        store.write(draft(text))
    (store.root / "000001.json").unlink()
    (store.root / "kopia.json").write_text("{}")
    found = NoteStore(store.root).current()
    assert [one.draft.text for one in found.shown] == ["Två."]
    assert any("000001.json" in fault and "saknas" in fault for fault in found.faults)
    assert any("kopia.json" in fault for fault in found.faults)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    with pytest.raises(StoreError, match="går inte att skriva"):
        NoteStore(tmp_path / "notes").write(draft())


class Counting(LocalStorage):
    """Counts what is asked of the disk."""

    asked = 0

    def has(self, name: str) -> bool:
        self.asked += 1
        return super().has(name)

    def read(self, name: str) -> bytes:
        self.asked += 100
        return super().read(name)


def test_nothing_new_costs_one_look_at_the_disk(tmp_path: Path) -> None:
    storage = Counting(tmp_path)
    store = NoteStore(tmp_path, storage)
    store.write(draft())
    known = store.current()
    storage.asked = 0
    assert store.current() is known
    assert storage.asked == 1
    NoteStore(tmp_path).write(draft("En till."))  # another process
    assert len(store.current().shown) == 2


def test_facts_take_up_a_note_without_losing_what_has_been_read(copied: Settings) -> None:
    opened = Noted(copied)
    plain = opened.at()
    plain.whole(["puls"], ["forvaltningen"])
    NoteStore(copied.notes).write(draft())
    noted = opened.at()
    assert noted.fingerprint != plain.fingerprint
    assert noted.kept_series is plain.kept_series
    assert [one.draft.text for one in noted.notes.shown] == ["En förklaring."]
    assert opened.at() is noted
    assert opened.at(date(2025, 12, 31)).notes.shown == ()
    assert noted.moment is not None
    assert noted.moment > (plain.moment or MORNING)
