"""The button's two addresses: only a page of ours may start a fetch, one at a time; anyone may follow it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.catalogue import Catalogue
from dashboard.errors import DashboardError
from dashboard.kolada.fetched import Progress
from dashboard.kolada.job import STAGE, START, Job, State
from dashboard.kolada.store import KoladaStore
from dashboard.settings import Settings
from dashboard.web.kolada import kolada_routes, own_page
from tests.kolada_server import FakeKolada, Reply, serving

OURS = {"X-Styrkort": "1", "Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def fake(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeKolada]:
    with serving(FakeKolada(catalogue.comparisons)) as running:
        monkeypatch.setenv("DASHBOARD_KOLADA_URL", running.url)
        yield running


@pytest.fixture
def client(home: Path, tmp_path: Path) -> TestClient:
    settings = Settings(home, tmp_path)
    return TestClient(Starlette(routes=list(kolada_routes(lambda: settings))))


def ended(client: TestClient) -> dict[str, object]:
    """The stage when the fetch is over; the test fails if that takes for ever."""
    for _ in range(600):
        found: dict[str, object] = client.get(STAGE).json()
        if found["state"] != State.RUNNING:
            return found
        time.sleep(0.02)
    raise AssertionError("the fetch does not end")


def test_pressing_the_button_fetches_and_keeps(client: TestClient, fake: FakeKolada, tmp_path: Path) -> None:
    assert client.get(STAGE).json() == {"state": "idle", "share": 0.0, "message": ""}
    answer = client.post(START, headers=OURS)
    assert answer.status_code == 202
    assert answer.headers["cache-control"] == "no-store"
    found = ended(client)
    assert found["state"] == "done"
    assert str(found["message"]).startswith("Hämtade ")
    assert len(KoladaStore(tmp_path / "kolada").files()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Styrkort": "1"},
        {"X-Styrkort": "1", "Origin": "null"},
        {**OURS, "Origin": "https://annan.example"},
        {**OURS, "Origin": "http://testserver:8501"},
        {**OURS, "Sec-Fetch-Site": "cross-site"},
        {**OURS, "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_nobody_else_may_start_it(client: TestClient, fake: FakeKolada, headers: dict[str, str]) -> None:
    answer = client.post(START, headers=headers)
    assert answer.status_code == 403
    assert "från sidan Jämförelser" in answer.json()["message"]
    assert client.get(STAGE).json()["state"] == "idle"
    assert fake.asked == []


def test_a_visit_to_the_address_starts_nothing(client: TestClient, fake: FakeKolada) -> None:
    assert client.get(START, headers=OURS).status_code == 405
    assert fake.asked == []


def test_an_old_browser_that_does_not_say_where_it_comes_from_is_judged_by_its_origin() -> None:
    assert own_page({"x-styrkort": "1", "origin": "http://styrkort:8501", "host": "styrkort:8501"})
    assert not own_page({"x-styrkort": "1", "origin": "http://annan:8501", "host": "styrkort:8501"})


def test_what_failed_is_told_and_it_can_be_tried_again(
    client: TestClient, fake: FakeKolada, tmp_path: Path
) -> None:
    fake.first(1, Reply(404, {}), "/data/kpi/")
    client.post(START, headers=OURS)
    found = ended(client)
    assert found["state"] == "failed"
    assert "Inget är ändrat" in str(found["message"])
    assert not (tmp_path / "kolada").exists()
    client.post(START, headers=OURS)
    assert ended(client)["state"] == "done"


def running(work: Callable[[Progress], str]) -> Job:
    job = Job(work)
    assert job.start()
    return job


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it never came true")


def test_only_one_fetch_at_a_time_and_its_progress_is_told() -> None:
    go_on = threading.Event()

    def work(progress: Progress) -> str:
        progress("kommuner", 0.25)
        go_on.wait(5)
        return "färdigt"

    job = running(work)
    wait_until(lambda: job.stage.share == 0.25)
    assert job.stage.message == "Hämtar kommuner"
    assert job.start() is False
    go_on.set()
    wait_until(lambda: job.stage.state is State.DONE)
    assert (job.stage.share, job.stage.message) == (1.0, "färdigt")
    assert job.start() is True


@pytest.mark.parametrize(
    ("error", "told"),
    [(DashboardError("Disken är full."), "Disken är full."), (RuntimeError("hemligt"), "fel i programmet")],
)
def test_a_fetch_that_breaks_says_so_and_gives_nothing_away(error: Exception, told: str) -> None:
    def work(_: Progress) -> str:
        raise error

    job = running(work)
    wait_until(lambda: job.stage.state is State.FAILED)
    assert told in job.stage.message
    assert "hemligt" not in job.stage.message
