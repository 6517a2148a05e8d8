"""Data: what is in, what an upload says, what a month stands on, what has changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.contracts import CONTRACTS
from dashboard.domain.periods import Month
from dashboard.measures.facts import Facts
from dashboard.measures.holdings import State, due, fed_by, holdings
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from dashboard.ui import visitor
from dashboard.ui.blocks import data_source
from dashboard.uploads.kept import Sent, Upload, Uploads, uploads
from dashboard.uploads.mappings import keep
from dashboard.uploads.work import answer, start_examining, start_loading, take_back
from tests.pages.conftest import Show, Shown

EXAMPLES = Path(__file__).resolve().parents[2] / "data" / "examples"
OCTOBER = date(2025, 10, 7)


@pytest.fixture
def kept() -> Iterator[Uploads]:
    """The uploads of this process, empty before and after."""
    yield uploads()
    for one in uploads().all():
        uploads().drop(one.id)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks sits at the machine."""
    monkeypatch.setattr(visitor, "may_load", lambda: True)


def examined(kept: Uploads, settings: Settings, *names: str) -> Upload:
    upload = kept.begin()
    for name in names:
        path = kept.place()
        path.write_bytes((EXAMPLES / name).read_bytes())
        kept.add(upload.id, Sent(name, path, path.stat().st_size))
    start_examining(kept, upload, settings, OCTOBER, lambda work: work())
    found = kept.get(upload.id)
    assert found is not None
    return found


def loaded(kept: Uploads, settings: Settings, *names: str) -> Upload:
    upload = examined(kept, settings, *names)
    assert upload.examination is not None
    answer(kept, upload, {question.key: "Influensa på enheten." for question in upload.examination.questions})
    start_loading(kept, upload, settings, "Anna Analytiker", lambda work: work())
    return upload


def card(shown: Shown, heading: str) -> Shown:
    found = re.search(rf'<section [^>]*aria-labelledby="{heading}".*?</section>', shown.html, re.DOTALL)
    assert found, heading
    return Shown(found[0], "", {}, [])


def test_the_page_says_how_far_every_dataset_has_come(show: Show) -> None:
    shown = show("data")
    assert shown.heading == "Alla nio datamängder är inne till och med augusti 2025; september 2025 är nästa."
    assert shown.exceptions == shown.notices == []
    slots = re.findall(r'<td class="slot (\w+) ', shown.html)
    assert (slots.count("here"), slots.count("late")) == (9 * 12, 9)
    assert "Nio av nio saknas; de skulle ha varit inne 10 okt 2025." in card(shown, "h-stang").text
    assert "Stänga juli 2025" in show("data", manad="2025-07").text


def test_who_may_not_load_sees_no_form_and_how_it_is_done(show: Show) -> None:
    shown = show("data")
    assert "Här går det bara att titta." in shown.text
    assert "data-files" not in shown.html
    assert "data-key" not in shown.html


@pytest.mark.usefixtures("here")
def test_who_may_load_gets_a_field_that_the_keyboard_reaches(show: Show) -> None:
    shown = show("data")
    assert re.search(r'<input id="f-filer" type="file" multiple [^>]*data-files>', shown.html)
    assert "Här går det bara att titta." not in shown.text


def test_the_templates_are_those_of_the_month_being_collected(show: Show) -> None:
    html = card(show("data"), "h-mallar").html
    assert html.count(".xlsx?manad=2025-09") == len(CONTRACTS) + 1
    assert html.count(".csv?manad=2025-09") == len(CONTRACTS)


@pytest.mark.usefixtures("here")
def test_an_empty_store_says_that_nothing_is_loaded(show: Show, home: Path, tmp_path: Path) -> None:
    shown = show("data", Settings(home, tmp_path))
    assert shown.heading == "Inga månader är inlästa än."
    assert "data-files" in shown.html
    assert show("data", Settings(home, tmp_path), datamangd="bistand", manad="2025-08").exceptions == []


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("params", "heading"),
    [
        ({"leverans": "borta"}, "Leveransen finns inte längre."),
        ({"leverans": "../../etc"}, "Leveransen finns inte längre."),
        ({"post": "99"}, "Leveransen finns inte."),
        ({"post": "²"}, "Leveransen finns inte."),
        ({"datamangd": "lön", "manad": "2025-08"}, "Datamängden finns inte."),
        ({"datamangd": "bistand", "manad": "2025-13"}, "Ekonomiskt bistånd: välj en månad."),
        (
            {"datamangd": "bistand", "manad": "1999-01"},
            "Ekonomiskt bistånd, januari 1999, och vad den vilar på.",
        ),
        ({"fran": "i går"}, "Tiden går inte att läsa."),
        ({"fran": "7"}, "Tiden går inte att läsa."),
        ({"fran": "2025-12-31"}, "Inget är ändrat sedan 31 dec 2025."),
    ],
    ids=str,
)
def test_an_odd_address_is_answered_in_words(show: Show, params: dict[str, str], heading: str) -> None:
    shown = show("data", **params)
    assert shown.exceptions == []
    assert shown.heading == heading


@pytest.mark.usefixtures("here")
def test_faults_stand_in_a_list_and_on_a_picture_of_the_sheet(
    show: Show, copied: Settings, kept: Uploads
) -> None:
    upload = examined(kept, copied, "verksamhet-september-2025-med-fel.xlsx")
    shown = show("data", copied, leverans=upload.id)
    assert shown.exceptions == []
    assert shown.heading == "September 2025: 8 fel att rätta och tre frågor att svara på."
    assert "Formeln i Kostnad ger felet #DIV/0!" in shown.text
    assert shown.html.count('<tr class="error') >= 8
    assert re.search(r'<td class="error pointed">ca 8 400<sup>1</sup>', shown.html)
    assert "Läs in</button>" not in shown.html
    other = show("data", copied, leverans=upload.id, visa="3")
    assert re.search(r'<td class="error pointed">Barn och ungdom 3<sup>3</sup>', other.html)
    assert f"/leverans/{upload.id}/kommentarer/0" in shown.html


@pytest.mark.usefixtures("here")
def test_a_delivery_goes_from_questions_to_a_load_that_can_be_undone(
    show: Show, copied: Settings, kept: Uploads
) -> None:
    upload = examined(kept, copied, "personal-september-2025.xlsx")
    asked = show("data", copied, leverans=upload.id)
    assert asked.heading == "September 2025: en fråga att svara på."
    assert "1 fråga att svara på" in card(show("data", copied), "h-stang").text
    assert upload.examination is not None
    answer(kept, upload, {upload.examination.questions[0].key: "Influensa på enheten."})
    ready = show("data", copied, leverans=upload.id)
    assert ready.heading == "September 2025 kan läsas in."
    assert "Läs in</button>" in ready.html
    assert "Medarbetare september 2025: ny , 11 nya rader" in ready.text
    start_loading(kept, upload, copied, "Anna Analytiker", lambda work: work())
    assert show("data", copied, leverans=upload.id).heading == "Inläst som leverans 2."
    entry = show("data", copied, post="2")
    assert "Influensa på enheten." in entry.text
    assert "Ångra leveransen" in entry.text
    lineage = show("data", copied, datamangd="medarbetare", manad="2025-09")
    assert "gäller nu" in lineage.text
    assert "personal-september-2025.xlsx" in lineage.text
    take_back(copied, 2, "Anna Analytiker", "Fel månad.")
    assert "ångrad av leverans 3" in show("data", copied, datamangd="medarbetare", manad="2025-09").text
    assert "Ångrad leverans 3" in show("data", copied).text


STRANGE = "Tid;Var;Varför;Hur många;Handl\n{0};Grupp <1>;Våld;3;AA\n{0};Grupp <1>;Övrigt;2;BB\n"
MEANT = {"dataset": "anmalningar", "kol:0": "month", "kol:1": "unit", "kol:2": "reason", "kol:3": "antal"}


def given(kept: Uploads, settings: Settings, name: str, month: str) -> Upload:
    upload = kept.begin()
    path = kept.place()
    path.write_text(STRANGE.format(month), encoding="utf-8")
    kept.add(upload.id, Sent(name, path, path.stat().st_size))
    start_examining(kept, upload, settings, OCTOBER, lambda work: work())
    return kept.get(upload.id) or upload


def explained(kept: Uploads, settings: Settings, upload: Upload, **told: str) -> Upload:
    current = kept.get(upload.id) or upload
    assert keep(kept, current, (0, 0), {**MEANT, **told}, settings, OCTOBER, lambda work: work())
    return kept.get(upload.id) or upload


@pytest.mark.usefixtures("here")
def test_a_person_says_what_columns_and_words_mean_and_next_month_is_one_click(
    show: Show, home: Path, tmp_path: Path, kept: Uploads
) -> None:
    settings = Settings(home, tmp_path)
    upload = given(kept, settings, "ifo-juli-2025.csv", "2025-07")
    refused = show("data", settings, leverans=upload.id)
    assert "Tala om vad kolumnerna betyder" in card(refused, "h-fil-1").text
    asked = show("data", settings, leverans=upload.id, tolka="1.1")
    assert asked.heading == "Vad betyder kolumnerna i ifo-juli-2025.csv?"
    assert "Välj först vad filen innehåller." in asked.text
    columns = show("data", settings, leverans=upload.id, tolka="1.1", datamangd="anmalningar")
    assert columns.exceptions == []
    assert "Ännu inte utpekat: Enhet, Orsak och Antal." in columns.text
    assert '<label for="x-3">Varför</label></th><td>Våld; Övrigt</td>' in columns.html
    upload = explained(kept, settings, upload)
    assert "Ett ord är okänt. Ange vad som menas" in show("data", settings, leverans=upload.id).text
    words = show("data", settings, leverans=upload.id, tolka="1.1")
    assert 'data-field="ord:unit:Grupp &lt;1&gt;"' in words.html
    assert '<option value="barn-ungdom-1">' in words.html
    explained(kept, settings, upload, **{"ord:unit:Grupp <1>": "barn-ungdom-1"})
    ready = show("data", settings, leverans=upload.id)
    assert ready.heading == "Juli 2025 kan läsas in."
    assert "Läst som du har angett. Ändra" in ready.text
    start_loading(kept, upload, settings, "Anna", lambda work: work())
    assert "Grupp <1> Barn och ungdom 1" in show("data", settings, post="2").text

    following = given(kept, settings, "IFO augusti 2025.csv", "2025-08")
    told = show("data", settings, leverans=following.id)
    assert told.heading == "Augusti 2025 kan läsas in."
    assert re.search(r"Läst som förra gången: leverans 2 , \d+ \w+ \d{4}\. Ändra", told.text)
    assert 'data-field="utan" value="IFO augusti 2025.csv"' in told.html
    start_examining(
        kept, following, settings, OCTOBER, lambda work: work(), afresh=frozenset({"IFO augusti 2025.csv"})
    )
    afresh = show("data", settings, leverans=following.id)
    assert "Läst utan förra gångens tolkning." in afresh.text
    assert 'data-field="som" value="IFO augusti 2025.csv"' in afresh.html
    take_back(settings, 2, "Anna", "Fel tolkning.")
    start_examining(kept, following, settings, OCTOBER, lambda work: work(), afresh=frozenset())
    assert "Tala om vad kolumnerna betyder" in show("data", settings, leverans=following.id).text


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("place", ["0.1", "9.1", "1.9", "x", "1.1.1"])
def test_a_sheet_that_is_not_there_is_answered_in_words(
    show: Show, copied: Settings, kept: Uploads, place: str
) -> None:
    upload = examined(kept, copied, "ekonomi-september-2025.xlsx")
    shown = show("data", copied, leverans=upload.id, tolka=place, datamangd="väder", rad="²")
    assert (shown.heading, shown.exceptions) == ("Bladet finns inte längre.", [])


def test_whoever_may_not_load_cannot_say_what_a_sheet_means(
    show: Show, copied: Settings, kept: Uploads
) -> None:
    upload = examined(kept, copied, "ekonomi-september-2025.xlsx")
    shown = show("data", copied, leverans=upload.id, tolka="1.1")
    assert shown.heading == "Bladet finns inte längre."
    assert "data-key" not in shown.html


@pytest.mark.usefixtures("here")
def test_real_months_beside_made_up_ones_are_told_apart(show: Show, copied: Settings, kept: Uploads) -> None:
    loaded(kept, copied, "ekonomi-september-2025.xlsx")
    shown = show("data", copied)
    assert shown.heading == "En av nio datamängder är inne för september 2025."
    assert len(re.findall(r'<td class="slot here imported"', shown.html)) == 1
    assert "Demo" in shown.text


@pytest.mark.usefixtures("here")
def test_what_changed_between_two_deliveries_is_a_table_to_save(
    show: Show, copied: Settings, kept: Uploads
) -> None:
    loaded(kept, copied, "bedomningar-september-2025.xlsx", "ekonomi-september-2025.xlsx")
    shown = show("data", copied, fran="1", till="2")
    assert shown.heading == "Tre nya månadsfiler mellan leverans 1 och leverans 2."
    table = card(shown, "h-andrat")
    assert "data-export" in table.html
    assert re.search(r"Ändrad färg .* aug 2025 → sep 2025 Röd Grön", table.text)
    assert show("data", copied, fran="2").heading == "Inget är ändrat sedan leverans 2."


@pytest.mark.usefixtures("here")
def test_a_revised_month_is_shown_before_and_after(show: Show, copied: Settings, kept: Uploads) -> None:
    """The demo's own August once more, with one number changed, as a file."""
    table = Store(copied.snapshots).read(Store(copied.snapshots).state()["arbetsmarknad", Month(2025, 8)])
    rows = [{**row, "inskrivna": row["inskrivna"] + (at == 0)} for at, row in enumerate(table.to_pylist())]
    lines = [";".join(rows[0]), *(";".join(str(value) for value in row.values()) for row in rows)]
    upload = kept.begin()
    path = kept.place()
    path.write_text("\n".join(lines), encoding="utf-8")
    kept.add(upload.id, Sent("rattad.csv", path, 1))
    start_examining(kept, upload, copied, OCTOBER, lambda work: work())
    shown = show("data", copied, leverans=upload.id)
    changes = card(shown, "h-andras").text
    assert "ersätter demo" in changes
    before = rows[0]["inskrivna"] - 1
    assert f"Inskrivna {before} {before + 1}" in changes


def test_the_questions_put_to_the_database_are_few(show: Show, open_facts: Callable[[], Any]) -> None:
    show("data")
    facts = open_facts()
    before = facts.warehouse.counter.queries
    show("data")
    assert facts.warehouse.counter.queries == before, "kept"
    show("data", manad="2025-07")
    assert facts.warehouse.counter.queries - before <= 1


def test_months_are_late_from_the_day_after_they_are_due(facts: Facts) -> None:
    september = Month(2025, 9)
    assert due(september) == date(2025, 10, 10)
    for day, state in ((date(2025, 10, 10), State.AWAITED), (date(2025, 10, 11), State.LATE)):
        held = holdings(facts, day)
        assert {one.state for one in held.of(september).values()} == {state}
        assert held.next == september
    assert holdings(facts, OCTOBER).of(Month(1999, 1)) == {}


def test_what_a_dataset_feeds_comes_from_the_catalogue(facts: Facts) -> None:
    names = {one.id for one in fed_by(facts, "medarbetare")}
    assert {"sjukfranvaro-r12", "puls", "personalomsattning"} <= names
    assert fed_by(facts, "risker") == ()


def test_outside_a_session_nobody_may_load() -> None:
    assert visitor.may_load() is False
    assert data_source.day(date(2025, 9, 1)) == "1 sep 2025"
