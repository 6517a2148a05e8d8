"""Somebody says what a sheet means: only what was shown can be said, and it is examined again in the same step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.catalogue import Catalogue
from dashboard.settings import Settings
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import Sent, Stage, Upload, Uploads
from dashboard.uploads.mappings import draft_of, keep, place_of
from dashboard.uploads.work import start_examining
from dashboard.web.deliveries import delivery_routes

TODAY = date(2025, 10, 7)
TEXT = (
    "Uttag ur verksamhetssystemet;;;;\nTid;Var;Varför;Hur många;Handl\n"
    "2025-09;Grupp ett;Våld;3;AA\n2025-09;Grupp ett;Slag;2;BB\n"
)
CHOSEN = {"dataset": "anmalningar", "rad": "2", "kol:0": "month", "kol:1": "unit", "kol:2": "reason"}
CHOSEN |= {"kol:3": "antal", "kol:4": ""}
WORDS = {"ord:unit:Grupp ett": "barn-ungdom-1", "ord:reason:Slag": "vald"}


def at_once(work: Callable[[], None]) -> None:
    work()


@pytest.fixture
def kept() -> Uploads:
    return Uploads()


@pytest.fixture
def settings(home: Path, tmp_path: Path) -> Settings:
    return Settings(home, tmp_path)


def sent(
    kept: Uploads, settings: Settings, text: str = TEXT, name: str = "uttag-september-2025.csv"
) -> Upload:
    upload = kept.begin()
    path = kept.place()
    path.write_text(text, encoding="utf-8")
    kept.add(upload.id, Sent(name, path, path.stat().st_size))
    start_examining(kept, upload, settings, TODAY, at_once)
    return now(kept, upload)


def now(kept: Uploads, upload: Upload) -> Upload:
    found = kept.get(upload.id)
    assert found is not None
    return found


def say(kept: Uploads, settings: Settings, upload: Upload, told: dict[str, str]) -> Upload:
    assert keep(kept, upload, (0, 0), told, settings, TODAY, at_once)
    return now(kept, upload)


def messages(upload: Upload) -> list[str]:
    assert upload.examination is not None
    return [fault.message for fault in upload.examination.faults]


def test_first_the_columns_then_the_words(kept: Uploads, settings: Settings, catalogue: Catalogue) -> None:
    upload = sent(kept, settings)
    assert upload.examination is not None
    assert upload.examination.files[0].refused
    draft = draft_of(upload, (0, 0), catalogue, "anmalningar")
    assert draft is not None
    assert (draft.row.key, draft.examples[1], draft.words) == ("2", ("Grupp ett",), ())
    upload = say(kept, settings, upload, CHOSEN)
    assert len(messages(upload)) == 3
    draft = draft_of(upload, (0, 0), catalogue)
    assert draft is not None
    assert [(word.column, word.text) for word in draft.words] == [("unit", "Grupp ett"), ("reason", "Slag")]
    assert [draft.columns[place] for place in range(5)] == ["month", "unit", "reason", "antal", ""]
    one = {"ord:reason:Slag": "ovrigt", "ord:unit:Grupp ett": "barn-ungdom-1"}
    upload = say(kept, settings, upload, {**CHOSEN, **one})
    assert upload.examination is not None
    assert upload.examination.ready, messages(upload)
    draft = draft_of(upload, (0, 0), catalogue)
    assert draft is not None
    assert {word.text: word.meaning for word in draft.words} == {
        "Grupp ett": "barn-ungdom-1",
        "Slag": "ovrigt",
    }
    again = say(kept, settings, upload, {"glom": "ja"})
    assert again.mappings == {}
    assert again.examination is not None
    assert again.examination.files[0].refused


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kol:1": "", "kol:0": "", "kol:2": ""}, "Peka ut minst en kolumn med värden"),
        ({"kol:4": "antal"}, "Både ”Hur många” och ”Handl” är valda som Antal"),
        ({"kol:4": "pengar"}, "Kolumnen som valdes för ”Handl” finns inte"),
        ({"dataset": "väder"}, "finns inte längre"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused_in_words(
    kept: Uploads, settings: Settings, told: dict[str, str], words: str
) -> None:
    upload = sent(kept, settings)
    with pytest.raises(Exception, match=words):
        keep(kept, upload, (0, 0), {**CHOSEN, **told}, settings, TODAY, at_once)
    assert now(kept, upload).mappings == {}


def test_a_word_can_only_mean_what_the_list_offers(kept: Uploads, settings: Settings) -> None:
    upload = say(kept, settings, sent(kept, settings), CHOSEN)
    with pytest.raises(Exception, match="Det som ”Slag” ska betyda finns inte"):
        say(kept, settings, upload, {**CHOSEN, "ord:reason:Slag": "storm"})
    made_up = {
        "ord:reason:Aldrig": "vald",
        "ord:": "x",
        "skala:antal": "0.001",
        "skala:x": "nan",
        "kol:²": "x",
    }
    upload = say(kept, settings, upload, {**CHOSEN, **made_up, "kol:99": "unit"})
    (mapping,) = upload.mappings.values()
    assert dict(mapping.names) == {}
    assert dict(mapping.scales) == {}


def test_headers_that_are_spelled_alike_cannot_be_told_apart(kept: Uploads, settings: Settings) -> None:
    upload = sent(kept, settings, TEXT.replace("Handl", "Hur många"))
    with pytest.raises(Exception, match="Två rubriker heter ”Hur många”"):
        say(kept, settings, upload, CHOSEN)


def test_kronor_are_recalculated(kept: Uploads, settings: Settings) -> None:
    head = "Avser;Avd;Slag;Nu;Nya;Slut;Dagar;Belopp\n"
    text = f"{head}2025-09;avd-barn-unga;Familjehem;15;4;4;465;960800\n"
    columns = ("month", "unit", "form", "pagaende", "paborjade", "avslutade", "dygn", "kostnad_tkr")
    told = {f"kol:{place}": column for place, column in enumerate(columns)}
    upload = sent(kept, settings, text)
    upload = say(kept, settings, upload, {**told, "dataset": "placeringar", "skala:kostnad_tkr": "0.001"})
    assert upload.examination is not None
    (sheet,) = upload.examination.files[0].sheets
    assert sheet.table.column("kostnad_tkr").to_pylist() == [960.8]


def test_a_header_in_two_rows_can_be_chosen(kept: Uploads, settings: Settings, catalogue: Catalogue) -> None:
    text = "Uttag;;;;\nNär;Var;Varför;Ärenden;\n;;;nya;klara\n2025-09;barn-ungdom-1;Våld;3;1\n"
    upload = sent(kept, settings, text)
    draft = draft_of(upload, (0, 0), catalogue, "anmalningar", "3b")
    assert draft is not None
    assert [row.key for row in draft.rows] == ["2", "2b", "3", "3b", "4", "4b"]
    assert list(draft.header.texts.values()) == ["När", "Var", "Varför", "Ärenden nya", "klara"]
    upload = say(kept, settings, upload, {**CHOSEN, "rad": "3b"})
    assert upload.examination is not None
    assert upload.examination.ready, messages(upload)
    assert upload.examination.tables[0].table.column("antal").to_pylist() == [3]
    read = draft_of(upload, (0, 0), catalogue)
    assert read is not None
    assert read.row.key == "3b"


def test_a_large_file_that_is_read_quickly_can_be_explained(
    kept: Uploads, settings: Settings, catalogue: Catalogue
) -> None:
    months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 9)]
    lines = [f"{month};barn-ungdom-1;Våld;3" for month in months]
    text = "Månad;Enhet;Orsak;Antal\n2024-12;Grupp ett;Våld;3\n" + "\n".join(lines * 700) + "\n"
    upload = sent(kept, settings, text)
    assert upload.examination is not None
    assert not upload.examination.files[0].raw
    draft = draft_of(upload, (0, 0), catalogue)
    assert draft is not None
    assert (draft.words[0].text, draft.examples[3]) == ("Grupp ett", ("3",))
    upload = say(kept, settings, upload, {"ord:unit:Grupp ett": "barn-ungdom-1"})
    assert not any("Grupp ett" in message for message in messages(upload))


def test_of_two_headers_that_mean_the_same_one_can_be_left_out(kept: Uploads, settings: Settings) -> None:
    upload = sent(
        kept, settings, "Månad;Enhet;Orsak;Antal;Antal anmälningar\n2025-09;barn-ungdom-1;Våld;3;9\n"
    )
    assert any("Två kolumner betyder Antal" in message for message in messages(upload))
    upload = say(kept, settings, upload, {"kol:3": "", "kol:4": "antal"})
    assert upload.examination is not None
    assert upload.examination.tables[0].table.column("antal").to_pylist() == [9]


def test_a_file_that_was_put_right_and_sent_again_is_read_the_same_way(
    kept: Uploads, settings: Settings
) -> None:
    first = say(kept, settings, say(kept, settings, sent(kept, settings), CHOSEN), {**CHOSEN, **WORDS})
    assert first.examination is not None
    assert not first.examination.ready, "two rows of one kind"
    right = sent(kept, settings, TEXT.replace("Slag", "Övrigt"), "uttag-september-2025 (1).csv")
    assert right.examination is not None
    assert right.examination.ready, messages(right)
    other = sent(kept, settings, TEXT.replace("Slag", "Övrigt") + "\n", "annat.csv")
    assert other.examination is not None
    assert other.examination.files[0].refused
    kept.change(first.id, stage=Stage.LOADED, entry=7)
    assert start_examining(kept, right, settings, TODAY, at_once)
    left = now(kept, right).examination
    assert left is not None
    assert left.files[0].refused, "what has been loaded counts by the log, and there is no such delivery"


def test_while_it_is_under_way_nothing_can_be_said(kept: Uploads, settings: Settings) -> None:
    upload = sent(kept, settings)
    waiting: list[Callable[[], None]] = []
    assert start_examining(kept, upload, settings, TODAY, waiting.append)
    assert not keep(kept, upload, (0, 0), CHOSEN, settings, TODAY, at_once), "of two windows one gets it"
    assert not keep(kept, now(kept, upload), (0, 0), CHOSEN, settings, TODAY, at_once)


@pytest.mark.parametrize(
    ("text", "place"),
    [("1.1", (0, 0)), ("2.13", (1, 12)), ("", (-1, -1)), ("1", (-1, -1)), ("².1", (-1, -1))],
)
def test_the_place_of_a_sheet_in_an_address(text: str, place: tuple[int, int]) -> None:
    assert place_of(text) == place


@pytest.fixture
def client(kept: Uploads, settings: Settings) -> Iterator[TestClient]:
    gate.bound_to("127.0.0.1")
    routes = delivery_routes(lambda: settings, kept, at_once)
    headers = {"X-Styrkort": "1", "Origin": "http://127.0.0.1:8501", addresses.KEY_HEADER: gate.key()}
    address = "http://127.0.0.1:8501"
    yield TestClient(
        Starlette(routes=list(routes)), base_url=address, client=("127.0.0.1", 5), headers=headers
    )
    gate._bound.clear()


def test_the_route_keeps_examines_and_says_where_to_go(
    client: TestClient, kept: Uploads, settings: Settings
) -> None:
    upload = sent(kept, settings)
    post = addresses.explaining(upload.id, 0, 0)
    assert client.post(post, json=CHOSEN, headers={addresses.KEY_HEADER: "gissad"}).status_code == 403
    refused = client.post(post, json={**CHOSEN, "kol:4": "antal"})
    assert (refused.status_code, "Välj en." in refused.json()["message"]) == (422, True)
    assert client.post(addresses.explaining(upload.id, 0, 9), json=CHOSEN).status_code == 422
    assert client.post(addresses.explaining("borta", 0, 0), json=CHOSEN).status_code == 404
    done = client.post(post, json=CHOSEN)
    assert (done.status_code, done.json()["address"]) == (202, f"/data?leverans={upload.id}")
    assert list(now(kept, upload).mappings) == [("uttag-september-2025.csv", "")]
    kept.change(upload.id, stage=Stage.LOADING)
    assert client.post(post, json=CHOSEN).status_code == 409


def test_a_file_is_read_without_its_saved_mapping_when_asked_to_be_and_with_it_again(
    client: TestClient, kept: Uploads, settings: Settings
) -> None:
    upload = sent(kept, settings)
    name = upload.files[0].name
    post = addresses.of(upload.id, "granska")
    client.post(post, json={"dataset": "anmalningar", "month": "2025-09"})
    client.post(post, json={addresses.AFRESH: name})
    found = now(kept, upload)
    assert found.afresh == {name}
    assert (found.dataset, str(found.month)) == ("anmalningar", "2025-09"), "what is not spoken of stays"
    client.post(post, json={addresses.AFRESH: ["annat"], addresses.AS_BEFORE: name})
    assert now(kept, upload).afresh == frozenset()
