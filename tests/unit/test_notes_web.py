"""The addresses that take in notes: only our own page, only here, with the page's key; every fault at its field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.cli import main
from dashboard.notes import NoteStore
from dashboard.notes.desk import WITHDRAW, WRITE
from dashboard.settings import Settings
from dashboard.uploads import gate
from dashboard.uploads.addresses import KEY_HEADER
from dashboard.web.notes import note_routes

HERE = "http://127.0.0.1:8501"
OURS = {"X-Styrkort": "1", "Origin": HERE, "Sec-Fetch-Site": "same-origin", KEY_HEADER: gate.key()}
FIELDS = {"matt": "puls", "enhet": "cai", "tid": "2025-08", "text": "Ny chef.", "vem": "Anna"}


@pytest.fixture
def client(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(gate, "_bound", ["127.0.0.1"])
    monkeypatch.delenv(gate.SETTING, raising=False)
    settings = Settings(home, tmp_path)
    app = Starlette(routes=list(note_routes(lambda: settings)))
    with TestClient(app, base_url=HERE, client=("127.0.0.1", 50_000)) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path / "notes")


def test_a_note_is_kept_and_withdrawn(client: TestClient, store: NoteStore) -> None:
    answer = client.post(WRITE, json={**FIELDS, "text": " Ny\nchef. "}, headers=OURS)
    assert (answer.status_code, answer.json()["message"]) == (200, "Anteckningen om augusti 2025 är sparad.")
    assert answer.headers["cache-control"] == "no-store"
    (note,) = store.current().shown
    assert (note.draft.indicator, note.draft.unit, str(note.draft.period)) == ("puls", "cai", "2025-08")
    assert (note.draft.text, note.draft.who) == ("Ny chef.", "Anna")
    answer = client.post(WITHDRAW, json={"nummer": "1", "vem": "Bo", "skal": "Fel månad"}, headers=OURS)
    assert answer.status_code == 200
    assert store.current().shown == ()


def test_no_unit_means_all_and_a_period_may_be_longer_than_a_month(
    client: TestClient, store: NoteStore
) -> None:
    assert client.post(WRITE, json={**FIELDS, "enhet": "", "tid": "2025-T2"}, headers=OURS).status_code == 200
    (note,) = store.current().shown
    assert note.draft.unit is None
    assert (str(note.draft.period), str(note.month)) == ("2025-T2", "2025-08")


def test_the_same_form_sent_twice_is_one_note(client: TestClient, store: NoteStore) -> None:
    for _ in range(2):
        assert client.post(WRITE, json={**FIELDS, "nyckel": "a" * 32}, headers=OURS).status_code == 200
    assert len(store.history()) == 1


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {"X-Styrkort": ""}),
        (403, {"Origin": "null"}),
        (403, {"Origin": "https://annan.example"}),
        (403, {"Sec-Fetch-Site": "cross-site"}),
        (403, {"Origin": "http://styrkort.example:8501", "Host": "styrkort.example:8501"}),
        (403, {"X-Forwarded-For": "10.0.0.7"}),
        (409, {KEY_HEADER: ""}),
        (409, {KEY_HEADER: "fel"}),
    ],
)
@pytest.mark.parametrize("path", [WRITE, WITHDRAW])
def test_nobody_else_may_write(
    client: TestClient, store: NoteStore, path: str, status: int, headers: dict[str, str]
) -> None:
    answer = client.post(path, json=FIELDS, headers={**OURS, **headers})
    assert answer.status_code == status
    assert answer.json()["message"]
    assert not store.root.exists()


def test_another_machine_may_not_write(client: TestClient, store: NoteStore) -> None:
    far = TestClient(client.app, base_url=HERE, client=("10.0.0.7", 50_000))
    assert far.post(WRITE, json=FIELDS, headers=OURS).status_code == 403
    assert client.get(WRITE, headers=OURS).status_code == 405
    assert not store.root.exists()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("text", "", "Skriv vad anteckningen säger."),
        ("text", "a" * 281, "Texten är 281 tecken. Högst 280 får plats."),
        ("text", "ring\x07", "tecken som inte är text"),
        ("text", "vänd\u202etext", "tecken som inte är text"),
        ("vem", " ", "Skriv vem som antecknar."),
        ("vem", "a" * 61, "Namnet är 61 tecken. Högst 60 får plats."),
        ("matt", "finns-inte", "Måttet ”finns-inte” finns inte."),
        ("matt", "../../etc", "finns inte"),
        ("enhet", "finns-inte", "Enheten ”finns-inte” finns inte."),
        ("tid", "2025-13", "Tiden går inte att läsa."),
        ("tid", "1850-01", "Tiden går inte att läsa."),
        ("tid", "", "Tiden går inte att läsa."),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    client: TestClient, store: NoteStore, field: str, value: str, told: str
) -> None:
    answer = client.post(WRITE, json={**FIELDS, field: value}, headers=OURS)
    assert answer.status_code == 422
    faults = answer.json()["faults"]
    assert list(faults) == [field]
    assert told in faults[field]
    assert store.history() == ()


def test_every_fault_is_told_at_once(client: TestClient) -> None:
    faults = client.post(WRITE, json={}, headers=OURS).json()["faults"]
    assert set(faults) == {"matt", "tid", "text", "vem"}


@pytest.mark.parametrize("number", ["", "2", "0", "-1", "1e3", "9" * 40, "ett"])
def test_only_a_note_that_is_there_can_be_withdrawn(client: TestClient, number: str) -> None:
    client.post(WRITE, json=FIELDS, headers=OURS)
    told = {"nummer": number, "vem": "Bo", "skal": "Fel"}
    answer = client.post(WITHDRAW, json=told, headers=OURS)
    assert (answer.status_code, answer.json()["message"]) == (422, "Anteckningen finns inte.")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"\xff", "application/json"),
        (b'{"text": 3}', "application/json"),
        (json.dumps({**FIELDS, "text": "a" * 9_000}).encode(), "application/json"),
        (json.dumps(FIELDS).encode(), "text/plain"),
        (b"matt=puls", "application/x-www-form-urlencoded"),
    ],
)
def test_what_no_form_of_ours_sends_is_refused(
    client: TestClient, store: NoteStore, body: bytes, kind: str
) -> None:
    answer = client.post(WRITE, content=body, headers={**OURS, "Content-Type": kind})
    assert answer.status_code == 400
    assert not store.root.exists()


def test_a_store_that_cannot_be_written_is_said(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    answer = client.post(WRITE, json=FIELDS, headers=OURS)
    assert answer.status_code == 503
    assert "går inte att skriva" in answer.json()["message"]


def test_the_commands_do_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_HOME", str(home))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert main(["note", "puls", "--month", "2025-08", "--text", "Ny chef.", "--who", "Anna"]) == 0
    assert capsys.readouterr().out == "Anteckning 1 om augusti 2025 är sparad.\n"
    assert main(["notes"]) == 0
    assert capsys.readouterr().out.startswith("1. puls, alla enheter, augusti 2025: Ny chef. (Anna, ")
    assert main(["notes", "--as-of", "2020-01-01"]) == 0
    assert main(["note-withdraw", "1", "--reason", "Fel månad", "--who", "Bo"]) == 0
    capsys.readouterr()
    assert main(["notes"]) == 0
    assert capsys.readouterr().out == "Inga anteckningar.\n"
    assert main(["note", "finns-inte", "--month", "2025-08", "--text", "a" * 281, "--who", "Anna"]) == 1
    told = capsys.readouterr().err
    assert "Måttet ”finns-inte” finns inte." in told
    assert "Högst 280 får plats." in told
