"""The routes of page Data: who may use them, how much they take in, and what they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.intake.limits import LIMITS
from dashboard.settings import Settings
from dashboard.snapshots.store import Store
from dashboard.uploads import addresses, gate
from dashboard.uploads.kept import Stage, Uploads
from dashboard.web import deliveries
from dashboard.web.deliveries import delivery_routes

EXAMPLES = Path(__file__).resolve().parents[2] / "data" / "examples"
ADDRESS = "http://127.0.0.1:8501"


def ours() -> dict[str, str]:
    return {
        "X-Styrkort": "1",
        "Origin": ADDRESS,
        "Sec-Fetch-Site": "same-origin",
        addresses.KEY_HEADER: gate.key(),
    }


class Desk:
    """A client at the machine itself, with its uploads; work is done at once, or kept for later."""

    def __init__(self, settings: Settings) -> None:
        self.kept = Uploads()
        self.waiting: list[Callable[[], None]] = []
        self.later = False
        routes = delivery_routes(lambda: settings, self.kept, self._run)
        self.client = TestClient(
            Starlette(routes=list(routes)), base_url=ADDRESS, client=("127.0.0.1", 50000)
        )

    def _run(self, work: Callable[[], None]) -> None:
        if self.later:
            self.waiting.append(work)
        else:
            work()

    def post(self, path: str, headers: dict[str, str] | None = None, **more: Any) -> Any:
        return self.client.post(path, headers=ours() if headers is None else headers, **more)

    def upload(self, *names: str) -> str:
        name: str = self.post(addresses.BEGIN).json()["id"]
        for file in names:
            content = (EXAMPLES / file).read_bytes()
            answer = self.post(f"/leverans/{name}/fil", {**ours(), "X-Filnamn": file}, content=content)
            assert answer.status_code == 201
        return name

    def stage(self, name: str) -> str:
        found = self.kept.get(name)
        return found.stage.value if found else ""


@pytest.fixture
def desk(home: Path, tmp_path: Path) -> Iterator[Desk]:
    gate.bound_to("127.0.0.1")
    yield Desk(Settings(home, tmp_path))
    gate._bound.clear()


@pytest.fixture
def full_desk(desk: Desk, copied: Settings) -> Desk:
    return Desk(copied)


WRONG = [
    {"Origin": "https://annan.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"X-Styrkort": ""},
    {addresses.KEY_HEADER: "gissad"},
    {addresses.KEY_HEADER: "å"},
    {"X-Forwarded-For": "10.0.0.9"},
    {"Host": "styrkort.example", "Origin": "http://styrkort.example"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize("path", ["", "/x/fil", "/x/granska", "/x/svar", "/x/las-in", "/x/bort", "/angra/2"])
def test_only_a_page_of_ours_may_change_anything(desk: Desk, path: str, wrong: dict[str, str]) -> None:
    headers = {name: value.encode("latin-1").decode("latin-1") for name, value in {**ours(), **wrong}.items()}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    answer = desk.client.post(addresses.BASE + path, headers=raw)
    assert answer.status_code == 403
    assert "på den dator där styrkortet körs" in answer.json()["message"]
    assert desk.kept.all() == ()


def test_nobody_may_when_the_server_listens_to_others(desk: Desk) -> None:
    gate.bound_to("0.0.0.0")
    assert desk.post(addresses.BEGIN).status_code == 403


def test_a_file_is_taken_in_whole_under_a_plain_name(desk: Desk) -> None:
    name = desk.post(addresses.BEGIN).json()["id"]
    sent = {**ours(), "X-Filnamn": "..%2F..%2Fetc%2Fp%C3%A5se%0A.csv"}
    assert desk.post(f"/leverans/{name}/fil", sent, content=b"a;b\n1;2\n").status_code == 201
    found = desk.kept.get(name)
    assert found is not None
    assert [(file.name, file.path.read_bytes()) for file in found.files] == [("påse.csv", b"a;b\n1;2\n")]


@pytest.mark.parametrize("chunked", [True, False])
def test_a_file_beyond_the_limit_is_refused_and_not_kept(
    desk: Desk, chunked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "LIMITS", replace(LIMITS, file_bytes=1_000))
    name = desk.post(addresses.BEGIN).json()["id"]
    content = (b"x" * 100 for _ in range(11)) if chunked else b"x" * 1_001
    answer = desk.post(f"/leverans/{name}/fil", {**ours(), "X-Filnamn": "stor.csv"}, content=content)
    assert answer.status_code == 413
    assert "stor.csv är större än" in answer.json()["message"]
    found = desk.kept.get(name)
    assert found is not None
    assert found.files == ()
    assert not any(desk.kept.place().parent.iterdir())


def test_an_empty_file_and_an_upload_without_files_say_so(desk: Desk) -> None:
    name = desk.post(addresses.BEGIN).json()["id"]
    empty = desk.post(f"/leverans/{name}/fil", {**ours(), "X-Filnamn": "tom.csv"}, content=b"")
    assert (empty.status_code, empty.json()["message"]) == (422, "tom.csv är tom. Välj filen igen.")
    assert desk.post(f"/leverans/{name}/granska").status_code == 422


@pytest.mark.parametrize("path", ["fil", "granska", "svar", "las-in"])
def test_an_upload_that_is_gone_says_so(desk: Desk, path: str) -> None:
    answer = desk.post(f"/leverans/borta/{path}")
    assert answer.status_code == 404
    assert "finns inte längre" in answer.json()["message"]
    assert desk.client.get("/leverans/borta/lage").status_code == 404
    assert desk.client.get("/leverans/borta/kommentarer/0").status_code == 404


@pytest.mark.parametrize("content", [b"[1]", b"{", b"\xff", b'"x"'])
def test_a_body_that_is_no_form_is_refused_or_empty(desk: Desk, content: bytes) -> None:
    name = desk.upload("ekonomi-september-2025.xlsx")
    assert desk.post(f"/leverans/{name}/las-in", content=content).status_code == 422
    assert desk.stage(name) == Stage.RECEIVING


def test_a_file_that_is_none_is_examined_and_refused_in_words(desk: Desk) -> None:
    name = desk.post(addresses.BEGIN).json()["id"]
    desk.post(
        f"/leverans/{name}/fil",
        {**ours(), "X-Filnamn": "bild.xlsx"},
        content=b"\x89PNG\r\n\x1a\n" + b"0" * 99,
    )
    answer = desk.post(f"/leverans/{name}/granska")
    assert answer.status_code == 202
    assert answer.json()["address"] == f"/data?leverans={name}"
    found = desk.kept.get(name)
    assert found is not None
    assert found.examination is not None
    assert "bild" in found.examination.files[0].refused.lower()


def test_pressing_twice_loads_once(full_desk: Desk, copied: Settings) -> None:
    name = full_desk.upload("ekonomi-september-2025.xlsx")
    full_desk.post(f"/leverans/{name}/granska")
    assert full_desk.post(f"/leverans/{name}/las-in", json={"who": " "}).status_code == 422
    full_desk.later = True
    answers = [full_desk.post(f"/leverans/{name}/las-in", json={"who": "Anna  A"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 202]
    assert len({answer.text for answer in answers}) == 1
    assert full_desk.client.get(f"/leverans/{name}/lage").json()["state"] == "loading"
    (work,) = full_desk.waiting
    work()
    assert full_desk.client.get(f"/leverans/{name}/lage").json() == {"message": "", "state": "loaded"}
    full_desk.post(f"/leverans/{name}/las-in", json={"who": "Anna"})
    history = Store(copied.snapshots).history()
    assert [(entry.number, entry.who) for entry in history][1:] == [(2, "Anna A")]


def test_undoing_needs_a_reason_and_leads_to_the_entry_that_does_it(
    full_desk: Desk, copied: Settings
) -> None:
    name = full_desk.upload("ekonomi-september-2025.xlsx")
    full_desk.post(f"/leverans/{name}/granska")
    full_desk.post(f"/leverans/{name}/las-in", json={"who": "Anna"})
    bare = full_desk.post("/leverans/angra/2", json={"who": "Anna", "reason": " "})
    assert (bare.status_code, bare.json()["message"]) == (
        422,
        "Skriv varför leveransen ångras; det sparas med den.",
    )
    done = full_desk.post("/leverans/angra/2", json={"who": "Anna", "reason": "Fel fil."})
    assert (done.status_code, done.json()["address"]) == (200, "/data?post=3")
    again = full_desk.post("/leverans/angra/2", json={"who": "Anna", "reason": "Fel fil."})
    assert again.status_code == 422
    assert Store(copied.snapshots).log.count() == 3


def test_answers_are_kept_and_a_copy_with_comments_can_be_had(full_desk: Desk) -> None:
    name = full_desk.upload("personal-september-2025.xlsx")
    full_desk.post(f"/leverans/{name}/granska")
    found = full_desk.kept.get(name)
    assert found is not None
    assert found.examination is not None
    (question,) = found.examination.questions
    said = full_desk.post(f"/leverans/{name}/svar", json={question.key: "Influensa"}).json()["message"]
    assert said == "Svaren är sparade."
    copy = full_desk.client.get(f"/leverans/{name}/kommentarer/0")
    assert copy.content[:2] == b"PK"
    assert "personal-september-2025-anmarkningar.xlsx" in copy.headers["content-disposition"]
    assert full_desk.client.get(f"/leverans/{name}/kommentarer/1").status_code == 404
    assert full_desk.post(f"/leverans/{name}/bort").json()["address"] == "/data"
    assert full_desk.kept.get(name) is None


@pytest.mark.parametrize(
    ("name", "status", "start"),
    [
        ("bistand.xlsx?manad=2025-09", 200, b"PK"),
        ("alla.xlsx", 200, b"PK"),
        ("bistand.csv?manad=2025-09", 200, b"\xef\xbb\xbfmonth;"),
        ("alla.csv", 404, b"{"),
        ("passwd.xlsx", 404, b"{"),
        ("bistand.exe", 404, b"{"),
    ],
)
def test_templates(desk: Desk, name: str, status: int, start: bytes) -> None:
    answer = desk.client.get(f"/mall/{name}")
    assert answer.status_code == status
    assert answer.content.startswith(start)
    if status == 200:
        assert f"mall-{name.partition('?')[0]}" in answer.headers["content-disposition"]
