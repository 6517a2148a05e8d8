"""Kolada as it can behave: pages, refusals, silence, half answers and wrong ones. Whole answers or an error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.domain.comparison import Comparisons
from dashboard.kolada import answers
from dashboard.kolada.client import Client, Limits, retry_after
from dashboard.kolada.errors import KoladaError
from dashboard.kolada.fetch import fetch
from dashboard.kolada.fetched import Fetched
from dashboard.kolada.refresh import refresh
from tests.kolada_server import YEARS, FakeKolada, Reply, made_up, patient, serving

DATA = "/data/kpi/"


@pytest.fixture
def wanted(catalogue: Catalogue) -> Comparisons:
    """The board's own, with six key figures: two requests for the values."""
    known = catalogue.comparisons
    ids = ("N31807", "N31816", "N31814", "U31402", "U31403", "N33818")
    return replace(known, kpis=tuple(one for one in known.kpis if one.id in ids))


@pytest.fixture
def fake(wanted: Comparisons) -> Iterator[FakeKolada]:
    with serving(FakeKolada(wanted)) as running:
        yield running


def get(fake: FakeKolada, waits: list[float] | None = None, limits: Limits | None = None) -> Fetched:
    with patient(fake, waits, limits) as client:
        return fetch(client, fake.wanted, YEARS)


def test_everything_comes_however_many_pages_it_takes(fake: FakeKolada, wanted: Comparisons) -> None:
    whole = get(fake)
    fake.page = 7
    assert get(fake).values == whole.values
    municipalities = [row for row in fake.areas() if row["type"] == "K"]
    assert len(whole.values) == len(wanted.kpis) * len(YEARS) * (len(municipalities) + 1)
    assert whole.values["N33818", "0138", 2024] == (made_up("N33818", "0138", 2024), "")
    assert ("N33818", "0000", 2024) in whole.values
    assert {one.id for one in whole.groups} == {one.id for one in wanted.groups}


def test_no_segment_has_more_than_25_ids_and_pages_are_as_large_as_allowed(fake: FakeKolada) -> None:
    with patient(fake) as client:
        fetch(client, fake.wanted, range(1990, 2025))
    segments = [part for asked in fake.asked for part in asked.split("?")[0].split("/")]
    assert max(len(part.split(",")) for part in segments) == 25
    assert all("per_page=5000" in asked for asked in fake.asked)


def test_deleted_empty_and_single_sex_values_are_left_out_and_counted(fake: FakeKolada) -> None:
    def row(area: str, **value: object) -> dict[str, object]:
        inner = {"gender": "T", "count": 1, "status": "", "value": 99.0, "isdeleted": False, **value}
        return {"kpi": "N31807", "municipality": area, "period": 2024, "values": [inner]}

    fake.values = lambda kpi, area, year: None if area == "3001" else made_up(kpi, area, year)
    fake.extra_rows = [row("3001", isdeleted=True), row("3001", gender="M"), row("0001")]
    fake.answers.append(
        lambda target: None if "N31807" in target or DATA not in target else Reply(body={"values": []})
    )
    found = get(fake)
    assert not any(area == "3001" for _, area, _ in found.values)
    assert found.left_out["raderade"] == 1
    assert found.left_out["utan värde"] > 0
    assert found.left_out["andra områden"] > 0
    assert 99.0 not in [value for value, _ in found.values.values()]


def test_throttling_is_waited_out_as_long_as_it_says(fake: FakeKolada) -> None:
    fake.first(2, Reply(429, {}, {"Retry-After": "7"}), DATA)
    waits: list[float] = []
    found = get(fake, waits)
    assert waits == [7.0, 7.0]
    assert found.values


def test_faults_of_the_server_are_tried_again_with_longer_and_longer_waits(fake: FakeKolada) -> None:
    fake.first(4, Reply(503, {}), DATA)
    waits: list[float] = []
    get(fake, waits)
    assert waits == [1.0, 2.0, 4.0, 8.0]


def test_waits_are_shortened_at_random_but_never_by_more_than_half(fake: FakeKolada) -> None:
    fake.first(3, Reply(500, {}), "municipality")
    waits: list[float] = []
    with Client(fake.url, sleep=waits.append, chance=lambda: 1.0) as client:
        list(client.pages("municipality"))
    assert waits == [0.5, 1.0, 2.0]


def test_it_gives_up_after_a_stated_number_of_tries(fake: FakeKolada) -> None:
    fake.first(99, Reply(500, {}), DATA)
    with pytest.raises(KoladaError, match=r"fel hos sig \(500\)\. Försökte 5 gånger\. Inget är ändrat"):
        get(fake)
    assert sum(1 for asked in fake.asked if DATA in asked) == 5


def test_being_told_to_wait_longer_than_anyone_will_is_said(fake: FakeKolada) -> None:
    fake.first(1, Reply(429, {}, {"Retry-After": "1800"}), DATA)
    with pytest.raises(KoladaError, match="ber oss vänta 30 min"):
        get(fake)


@pytest.mark.parametrize(
    "following",
    [
        "https://annan.example/v3/data?page=2",
        "https://127.0.0.1.annan.example/v3/data",
        "ftp://127.0.0.1/v3/data",
        "file:///etc/passwd",
        "/v2/data",
        "https://[::1/v3/",
    ],
)
def test_a_next_page_elsewhere_is_refused(fake: FakeKolada, following: str) -> None:
    fake.first(1, Reply(body={"values": [], "count": 0, "next_url": following}), DATA)
    with pytest.raises(KoladaError, match="Inget är ändrat"):
        get(fake)


def test_a_next_page_that_is_this_one_ends_in_an_error_not_in_a_ring(fake: FakeKolada) -> None:
    fake.answers.append(
        lambda target: Reply(body={"values": [], "count": 0, "next_url": target}) if DATA in target else None
    )
    with pytest.raises(KoladaError, match="i en ring eller utan slut"):
        get(fake)


def test_pages_without_end_stop_at_the_limit(fake: FakeKolada) -> None:
    def more(target: str) -> Reply | None:
        following = f"/v3/data/kpi/x?page={len(fake.asked)}"
        return Reply(body={"values": [], "count": 0, "next_url": following}) if DATA in target else None

    fake.answers.append(more)
    with pytest.raises(KoladaError, match="utan slut"):
        get(fake, limits=Limits(pages=10))


def test_a_redirect_on_the_same_host_is_followed_and_one_away_is_not(fake: FakeKolada) -> None:
    fake.first(1, Reply(307, {}, {"Location": "/v3/municipality/?per_page=5000"}), "municipality?")
    assert get(fake).values
    fake.first(1, Reply(307, {}, {"Location": "https://annan.example/v3/"}), "municipality?")
    with pytest.raises(KoladaError, match="en annan värd"):
        get(fake)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(raw=b'{"values": [{"kpi": "N3'),
        Reply(raw=b'{"values": []', cut=True),
        Reply(raw=b"<html>Ett \xe5terbud</html>"),
        Reply(raw=b""),
    ],
    ids=["half", "cut off", "a page of a proxy", "nothing"],
)
def test_half_an_answer_is_asked_for_again_and_never_used(fake: FakeKolada, reply: Reply) -> None:
    whole = get(fake)
    fake.first(1, reply, DATA)
    assert get(fake).values == whole.values
    fake.first(99, reply, DATA)
    with pytest.raises(KoladaError, match="Försökte 5 gånger"):
        get(fake)


def value(**changes: object) -> dict[str, object]:
    inner = {"gender": "T", "count": 1, "status": "", "value": 1.5, "isdeleted": False}
    own = {key: changed for key, changed in changes.items() if key in inner}
    row = {"kpi": "N31807", "municipality": "0138", "period": 2024, "values": [{**inner, **own}]}
    return {"values": [{**row, **{key: changed for key, changed in changes.items() if key not in inner}}]}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ([], "svaret ska vara ett objekt"),
        ({"count": 0}, "svaret.values ska vara en lista, är null"),
        ({"values": {}, "count": 0}, "svaret.values ska vara en lista"),
        ({"values": [3]}, r"values\[0\] ska vara ett objekt"),
        ({"values": [], "next_url": 4}, "svaret.next_url ska vara text, är 4"),
        ({"values": [], "count": "noll"}, "svaret.count ska vara ett heltal"),
        (value(period="2024"), r"values\[0\].period ska vara ett heltal, är \"2024\""),
        (value(municipality=None), r"values\[0\].municipality ska vara text, är null"),
        (value(values=None), r"values\[0\].values ska vara en lista"),
        (value(value="1,5"), r"values\[0\].values\[0\].value ska vara ett tal, är \"1,5\""),
        (value(value=True), r"value ska vara ett tal, är true"),
        (value(gender="X"), r"gender ska vara T, K eller M, är \"X\""),
        (value(isdeleted="nej"), "isdeleted ska vara true eller false"),
        (value(kpi="N99999"), "svarade om N99999 2024, som ingen frågat om"),
        (value(period=1999), "svarade om N31807 1999"),
    ],
)
def test_an_answer_of_another_shape_is_refused_with_its_place(
    fake: FakeKolada, body: object, told: str
) -> None:
    fake.first(1, Reply(body=body), DATA)
    with pytest.raises(KoladaError, match=told):
        get(fake)


def test_what_is_no_number_is_refused(fake: FakeKolada) -> None:
    fake.first(1, Reply(raw=b'{"values": [], "count": NaN}'), DATA)
    with pytest.raises(KoladaError, match="NaN är inget tal"):
        get(fake)


def test_fewer_rows_than_promised_are_an_error(fake: FakeKolada) -> None:
    fake.first(1, Reply(body={"values": [], "count": 12, "next_url": None}), DATA)
    with pytest.raises(KoladaError, match=r"är inte helt .*: 0 rader av 12"):
        get(fake)


def test_a_count_of_the_whole_is_understood_as_well(fake: FakeKolada) -> None:
    rows = fake.areas()
    pages = [
        Reply(body={"values": rows[:9], "count": len(rows), "next_url": "/v3/municipality?offset=9"}),
        Reply(body={"values": rows[9:], "count": len(rows), "next_url": None}),
    ]
    fake.first(1, pages[0], "municipality?")
    fake.first(1, pages[1], "municipality?offset")
    assert len(get(fake).areas) == len([row for row in rows if row["type"] == "K"]) + 1


def test_two_values_for_the_same_thing_are_an_error_and_the_same_twice_is_none(fake: FakeKolada) -> None:
    row = fake.row("N31807", "0138", 2024)
    fake.first(1, Reply(body={"values": [row, row], "count": 2}), f"{DATA}N31807")
    assert get(fake).values
    other = {**row, "values": [{"gender": "T", "value": 0.1}]}
    fake.first(1, Reply(body={"values": [row, other]}), f"{DATA}N31807")
    with pytest.raises(KoladaError, match="två olika värden för N31807 i 0138 år 2024"):
        get(fake)


def test_silence_is_waited_for_only_so_long(fake: FakeKolada) -> None:
    fake.first(9, Reply(wait=0.4, body={}), "municipality")
    with pytest.raises(KoladaError, match=r"dröjde för länge\. Försökte 2 gånger"):
        get(fake, limits=Limits(attempts=2, read_seconds=0.05))


def test_more_than_a_page_can_be_is_not_read_to_its_end(fake: FakeKolada) -> None:
    with pytest.raises(KoladaError, match="orimligt mycket"):
        get(fake, limits=Limits(bytes_each=1_000))


def test_without_a_network_the_message_says_so_after_two_tries(wanted: Comparisons) -> None:
    with serving(FakeKolada(wanted)) as gone:
        client = patient(gone)
    with client, pytest.raises(KoladaError, match=r"Ingen kontakt med 127\.0\.0\.1.*nätverk.*Försökte 2"):
        fetch(client, wanted, YEARS)


@pytest.mark.parametrize(
    "address", ["http://api.kolada.se/v3/", "ftp://x/", "kolada", "", "file:///etc/passwd", "https:///v3/"]
)
def test_only_a_secure_address_is_used(address: str) -> None:
    with pytest.raises(KoladaError, match="börja med https"):
        Client(address)


@pytest.mark.parametrize(
    ("where", "body", "told"),
    [
        ("/kpi/", {"values": []}, "Nyckeltalen N31807, .* finns inte i Kolada"),
        ("municipality_groups", {"values": []}, "Grupperna G36682, .* finns inte i Kolada"),
        ("municipality?", {"values": []}, r"koden 0138 \(Tyresö\)"),
        (
            "municipality?",
            {
                "values": [
                    {"id": "0138", "title": "Ensköping", "type": "K"},
                    {"id": "0000", "title": "R", "type": "L"},
                ]
            },
            "Koden 0138 är Ensköping i Kolada, inte Tyresö",
        ),
        (DATA, {"values": []}, "inga värden alls för Tyresö"),
    ],
)
def test_what_must_be_there_and_is_not_is_named(
    fake: FakeKolada, where: str, body: object, told: str
) -> None:
    fake.answers.append(
        lambda target: Reply(body=body) if where in target and (where == DATA or DATA not in target) else None
    )
    with pytest.raises(KoladaError, match=told):
        get(fake)


def test_an_unknown_question_says_what_to_check(fake: FakeKolada) -> None:
    fake.first(1, Reply(404, {}), DATA)
    with pytest.raises(KoladaError, match="dashboard kolada check"):
        get(fake)


def test_progress_goes_forward_to_the_end(fake: FakeKolada) -> None:
    seen: list[tuple[str, float]] = []
    with patient(fake) as client:
        fetch(client, fake.wanted, YEARS, lambda what, share: seen.append((what, share)))
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(what for what, _ in seen)


def test_one_batch_that_fails_in_the_middle_leaves_the_store_as_it_was(
    fake: FakeKolada, tmp_path: Path
) -> None:
    refresh(tmp_path, fake.wanted, YEARS, now=datetime(2026, 1, 1, tzinfo=UTC), client=patient(fake))
    before = {path.name: path.read_bytes() for path in tmp_path.rglob("*")}
    fake.first(99, Reply(500, {}), f"{DATA}N33818")
    fake.asked.clear()
    with pytest.raises(KoladaError):
        refresh(tmp_path, fake.wanted, YEARS, client=patient(fake))
    assert any(f"{DATA}N31807" in asked for asked in fake.asked), "the first batch had come"
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*")} == before


@given(st.integers(0, 10**6))
def test_seconds_to_wait_are_read(seconds: int) -> None:
    assert retry_after(str(seconds)) == seconds


def test_a_day_to_wait_for_is_read_and_nonsense_is_not() -> None:
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert retry_after("Mon, 02 Mar 2026 08:00:30 GMT", now) == 30.0
    assert retry_after("Mon, 02 Mar 2026 07:00:00 GMT", now) == 0.0
    assert [retry_after(text) for text in ("", "snart", "-4", "1.5")] == [None] * 4


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["values", "count", "next_url", "kpi", "period", "gender", "value"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_is_answered_is_read_or_refused(document: object) -> None:

    try:
        list(answers.values_of(answers.read(json.dumps(document).encode())))
    except (KoladaError, ValueError):
        return
    assert isinstance(document, dict)
