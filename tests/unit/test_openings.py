"""What a running program has open: it follows deliveries by one look at the disk, and keeps a few earlier times."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.domain.periods import Month
from dashboard.errors import StoreError
from dashboard.loading import Approval, load, undo
from dashboard.measures import Facts, open_facts, openings
from dashboard.measures.opening import prepare_serving
from dashboard.measures.openings import EARLIER, Openings
from dashboard.settings import Settings
from dashboard.snapshots.storage import LocalStorage
from dashboard.snapshots.store import Store
from tests.deliveries import examined, reports

SEPTEMBER = Month(2025, 9)


@pytest.fixture
def places(copied: Settings) -> Settings:
    """The demo with two datasets, so that building takes no time."""
    for folder in copied.snapshots.iterdir():
        if folder.name not in {"anmalningar", "risker"}:
            shutil.rmtree(folder)
    return copied


def deliver(places: Settings, number: int = 7, at: datetime | None = None) -> int:
    approval = Approval("AA", at=at or datetime(2025, 10, 10, 6, tzinfo=UTC))
    prepare = prepare_serving(places)
    entry = load(
        Store(places.snapshots), examined(reports(number, SEPTEMBER)), approval, prepare=prepare
    ).entry
    assert entry is not None
    return entry.number


def last_month(facts: Facts) -> Month:
    span = facts.span()
    assert span is not None
    return span[1]


def test_a_delivery_is_seen_at_the_next_look_and_its_serving_file_is_there_already(
    places: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Openings(places)
    before = opened.at()
    assert last_month(before) == Month(2025, 8)
    number = deliver(places)
    monkeypatch.setattr("dashboard.warehouse.build", lambda *_: pytest.fail("built while somebody waited"))
    after = opened.at()
    assert last_month(after) == SEPTEMBER
    assert after.moment == datetime(2025, 10, 10, 6, tzinfo=UTC)
    undo(Store(places.snapshots), number, "AA", "fel fil")
    assert opened.at().warehouse.path == before.warehouse.path
    assert last_month(before) == Month(2025, 8)  # whoever holds the old facts can go on asking them


def test_nothing_new_costs_one_look_at_the_disk_and_opens_nothing(
    places: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Openings(places)
    facts, then = opened.at(), opened.at(date(2025, 9, 1))
    looks: list[str] = []
    really = LocalStorage.has

    def counted(self: LocalStorage, name: str) -> bool:
        looks.append(name)
        return really(self, name)

    monkeypatch.setattr(LocalStorage, "has", counted)
    monkeypatch.setattr(LocalStorage, "names", lambda *_: pytest.fail("listed the folder"))
    monkeypatch.setattr(LocalStorage, "read", lambda *_: pytest.fail("read a file"))
    for _ in range(3):
        assert opened.at() is facts
    assert len(looks) == 3
    assert opened.at(date(2025, 9, 1)) is then


def test_earlier_times_are_kept_a_few_at_a_time(places: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Openings(places)
    count: list[date] = []
    really = open_facts

    def counted(settings: Settings, as_of: date | None = None) -> Facts:
        count.extend([as_of] if as_of else [])
        return really(settings, as_of)

    monkeypatch.setattr(openings, "open_facts", counted)
    days = [date(2025, month, 12) for month in range(1, EARLIER + 2)]
    for day in days[:EARLIER]:
        assert last_month(opened.at(day)) == Month.of(day).shift(-1)
    opened.at(days[0])
    assert len(count) == EARLIER
    opened.at(days[EARLIER])
    opened.at(days[0])  # the least recently asked for has gone, and this is not it
    assert len(count) == EARLIER + 1
    opened.at(days[1])
    assert len(count) == EARLIER + 2


def test_a_day_that_is_not_over_shows_what_comes_later_on_it_and_a_moment_does_not(places: Settings) -> None:
    opened = Openings(places)
    day, moment = date(2025, 10, 10), datetime(2025, 10, 10, 5, tzinfo=UTC)
    assert last_month(opened.at(day)) == last_month(opened.at(moment)) == Month(2025, 8)
    deliver(places)
    assert last_month(opened.at(day)) == SEPTEMBER
    assert last_month(opened.at(moment)) == Month(2025, 8)


def test_what_cannot_be_opened_is_said_and_tried_again(
    places: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Openings(places)
    opened.at()
    deliver(places)
    with monkeypatch.context() as patch:

        def damaged(*_: object) -> Facts:
            raise StoreError("Leveransen är skadad.")

        patch.setattr(openings, "open_facts", damaged)
        with pytest.raises(StoreError, match="skadad"):
            opened.at()
    assert last_month(opened.at()) == SEPTEMBER


def test_while_one_opens_what_is_new_the_others_go_on(
    places: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Openings(places)
    before = opened.at()
    deliver(places)
    begun, go_on = threading.Event(), threading.Event()
    really = open_facts

    def slow(settings: Settings, as_of: date | None = None) -> Facts:
        begun.set()
        go_on.wait(20)
        return really(settings, as_of)

    monkeypatch.setattr(openings, "open_facts", slow)
    found: list[Facts] = []
    first = threading.Thread(target=lambda: found.append(opened.at()))
    first.start()
    assert begun.wait(20)
    assert opened.at() is before
    go_on.set()
    first.join()
    assert last_month(found[0]) == SEPTEMBER
    assert opened.at() is found[0]


def test_a_load_that_cannot_be_served_is_not_kept(places: Settings, tmp_path: Path) -> None:
    opened = Openings(places)
    opened.at().warehouse.connection.close()
    shutil.rmtree(places.warehouse)
    places.warehouse.write_text("a file in the way")
    with pytest.raises(StoreError, match="Databasen kunde inte byggas"):
        deliver(places)
    store = Store(places.snapshots)
    assert max(file.month for file in store.current()) == Month(2025, 8)
    assert store.strays() == []
