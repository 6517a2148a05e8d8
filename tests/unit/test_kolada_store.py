"""Fetches are kept for good, revisions are counted, and what a command says about it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.catalogue import Catalogue
from dashboard.cli import main
from dashboard.domain.comparison import Comparisons
from dashboard.errors import SelectionError, StoreError
from dashboard.kolada.client import Client
from dashboard.kolada.errors import KoladaError
from dashboard.kolada.refresh import address_of, check, refresh, years_of
from dashboard.kolada.store import FetchFile, KoladaStore
from tests.kolada_server import FETCHED_AT, YEARS, FakeKolada, Reply, fill, made_up, patient, serving


@pytest.fixture
def fake(catalogue: Catalogue) -> Iterator[FakeKolada]:
    with serving(FakeKolada(catalogue.comparisons)) as running:
        yield running


def on_disk(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.glob("*") if path.is_file()}


def test_an_empty_store_is_no_error(tmp_path: Path) -> None:
    store = KoladaStore(tmp_path / "kolada")
    assert (store.files(), store.latest(), store.verify()) == ((), None, [])


def test_a_fetch_comes_back_as_it_came_and_says_what_it_is(tmp_path: Path, catalogue: Catalogue) -> None:
    done = fill(tmp_path, catalogue)
    store = KoladaStore(tmp_path)
    assert store.files() == (done.file,)
    assert done.file.name.startswith("20260302T083000Z-")
    found = store.read(done.file)
    assert found.values["N33818", 2024]["0138"] == made_up("N33818", "0138", 2024)
    assert found.years == YEARS
    assert found.address.startswith("http://127.0.0.1:")
    assert found.areas["0138"].title == "Tyresö"
    assert found.kpis["N33818"].title == "Provrubrik N33818"
    assert len(found.groups["G36682"].members) == 7
    assert found.changes is None
    footer = json.loads(pq.read_schema(tmp_path / done.file.name).metadata[b"kolada"])
    assert footer["rows"] == done.values == sum(len(by) for by in found.values.values())
    assert len(footer["content_sha256"]) == 64


def test_the_same_fetch_gives_the_same_bytes(tmp_path: Path, catalogue: Catalogue) -> None:
    fake = FakeKolada(catalogue.comparisons)
    with serving(fake):
        for name in ("a", "b"):
            refresh(tmp_path / name, catalogue.comparisons, YEARS, now=FETCHED_AT, client=patient(fake))
    assert on_disk(tmp_path / "a") == on_disk(tmp_path / "b")


def test_every_fetch_is_kept_and_none_is_changed(tmp_path: Path, catalogue: Catalogue) -> None:
    first = fill(tmp_path, catalogue)
    before = on_disk(tmp_path)
    later = fill(tmp_path, catalogue, when=FETCHED_AT + timedelta(days=30))
    assert before.items() <= on_disk(tmp_path).items()
    store = KoladaStore(tmp_path)
    assert store.files() == (first.file, later.file)
    assert store.latest() == later.file
    assert store.latest(FETCHED_AT + timedelta(days=29)) == first.file
    assert store.latest(FETCHED_AT - timedelta(seconds=1)) is None


def test_revisions_are_counted_against_the_fetch_before(tmp_path: Path, catalogue: Catalogue) -> None:
    def revised(kpi: str, area: str, year: int) -> float | None:
        if (kpi, area, year) == ("N31807", "0138", 2023):
            return 99.0
        return None if (kpi, area, year) == ("N31807", "3001", 2023) else made_up(kpi, area, year)

    fill(tmp_path, catalogue, years=YEARS[:3])
    done = fill(tmp_path, catalogue, years=YEARS, when=FETCHED_AT + timedelta(days=1), values=revised)
    assert done.changes is not None
    assert (done.changes.revised, done.changes.gone) == (1, 1)
    assert done.changes.new == (done.values + 1) // len(YEARS), "one year more"
    assert "1 ändrade, 1 borta" in done.sentence
    assert KoladaStore(tmp_path).read(done.file).changes == done.changes


def test_a_narrower_question_is_no_loss(tmp_path: Path, catalogue: Catalogue) -> None:
    fill(tmp_path, catalogue)
    done = fill(tmp_path, catalogue, years=YEARS[-1:], when=FETCHED_AT + timedelta(days=1))
    assert done.changes is not None
    assert (done.changes.new, done.changes.revised, done.changes.gone) == (0, 0, 0)


def test_a_figure_that_lost_all_its_values_stops_the_fetch(tmp_path: Path, catalogue: Catalogue) -> None:
    def without(kpi: str, area: str, year: int) -> float | None:
        return None if kpi == "U31402" else made_up(kpi, area, year)

    first = fill(tmp_path / "a", catalogue, values=without)
    assert first.without == ("U31402",)
    assert "Inga värden de här åren: U31402." in first.sentence
    fill(tmp_path / "b", catalogue)
    before = on_disk(tmp_path / "b")
    with pytest.raises(KoladaError, match="inte längre några värden för U31402"):
        fill(tmp_path / "b", catalogue, when=FETCHED_AT + timedelta(days=1), values=without)
    assert on_disk(tmp_path / "b") == before


def test_a_damaged_file_is_told_and_does_not_stop_the_next_fetch(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    done = fill(tmp_path, catalogue)
    path = tmp_path / done.file.name
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-9])
    store = KoladaStore(tmp_path)
    with pytest.raises(StoreError, match="är skadad"):
        store.read(done.file)
    (fault,) = store.verify()
    assert done.file.name in fault
    later = fill(tmp_path, catalogue, when=FETCHED_AT + timedelta(days=1))
    assert later.changes is None
    assert store.latest() == later.file


def renamed(root: Path, content: bytes) -> FetchFile:
    """A file with this content and a name that fits it."""
    file = FetchFile(FETCHED_AT, hashlib.sha256(content).hexdigest()[:12])
    (root / file.name).write_bytes(content)
    return file


def test_a_file_that_is_something_else_is_told(tmp_path: Path, catalogue: Catalogue) -> None:
    store = KoladaStore(tmp_path)
    with pytest.raises(StoreError, match="inte en läsbar Parquetfil"):
        store.read(renamed(tmp_path, b"PAR1"))
    pq.write_table(pa.table({"x": [1]}), tmp_path / "x")
    with pytest.raises(StoreError, match="saknar en fot"):
        store.read(renamed(tmp_path, (tmp_path / "x").read_bytes()))
    done = fill(tmp_path / "other", catalogue, when=FETCHED_AT + timedelta(days=3))
    with pytest.raises(StoreError, match="något annat"):
        store.read(renamed(tmp_path, (tmp_path / "other" / done.file.name).read_bytes()))


@pytest.mark.parametrize("name", ["anteckningar.txt", "20269999T000000Z-0123456789ab.parquet", "x/y.parquet"])
def test_a_stray_file_is_never_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(StoreError, match="hör inte hemma bland hämtningarna"):
        KoladaStore(tmp_path).files()
    assert len(KoladaStore(tmp_path).verify()) == 1


def test_a_time_without_a_zone_is_a_fault_in_the_code(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="time zone"):
        fill(tmp_path, catalogue, when=datetime(2026, 3, 2))


def test_years_are_read_and_nonsense_is_refused(catalogue: Catalogue) -> None:
    wanted, today = catalogue.comparisons, datetime(2026, 3, 2, tzinfo=UTC)
    assert years_of(None, wanted, today) == tuple(range(2019, 2027))
    assert years_of("2020-2022", wanted, today) == (2020, 2021, 2022)
    assert years_of("2024", wanted, today) == (2024,)
    for text in ("2024-2020", "i år", "2019-2099", "1066", "20-24"):
        with pytest.raises(SelectionError, match="går inte att läsa"):
            years_of(text, wanted, today)


def test_the_address_is_the_given_one_the_environments_or_the_catalogues(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = catalogue.comparisons
    assert address_of(wanted) == "https://api.kolada.se/v3/"
    monkeypatch.setenv("DASHBOARD_KOLADA_URL", "https://spegel.example/v3/")
    assert address_of(wanted) == "https://spegel.example/v3/"
    assert address_of(wanted, "https://x.example/") == "https://x.example/"


def test_a_catalogue_without_figures_says_so(tmp_path: Path, catalogue: Catalogue) -> None:
    nothing = replace(catalogue.comparisons, kpis=())
    with pytest.raises(KoladaError, match="inga nyckeltal att hämta"):
        refresh(tmp_path, nothing, YEARS, client=Client("https://x.example/"))


def test_the_ids_are_held_against_kolada(fake: FakeKolada) -> None:
    def changed(wanted: Comparisons) -> Comparisons:
        first = replace(wanted.kpis[0], verified=True, title="Provrubrik N31807")
        second = replace(wanted.kpis[1], verified=True, title="En annan rubrik")
        return replace(wanted, kpis=(first, second, *wanted.kpis[2:]))

    wanted = changed(fake.wanted)
    fake.wanted = replace(fake.wanted, kpis=fake.wanted.kpis[:-1])
    found = {one.id: one for one in check(wanted, client=patient(fake))}
    assert found["N31807"].fault == ""
    assert found["N31807"].theirs == "Provrubrik N31807"
    assert "bytt rubrik" in found["N31816"].fault
    assert found[wanted.kpis[-1].id].fault == "finns inte i Kolada"
    assert found["G36682"].fault == ""
    other = {"values": [{"id": "G36682", "title": "x", "members": [{"member_id": "3001"}]}]}
    fake.answers.append(lambda target: Reply(body=other) if "municipality_groups" in target else None)
    again = {one.id: one for one in check(wanted, client=patient(fake))}
    assert "andra kommuner i gruppen: 3001" in again["G36682"].fault


@pytest.fixture
def home_with_store(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_HOME", str(home))
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    return tmp_path / "var" / "kolada"


def test_the_command_fetches_keeps_and_tells(
    fake: FakeKolada, home_with_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kolada", "refresh", "--years", "2021-2024", "--base-url", fake.url]) == 0
    told = capsys.readouterr()
    (file,) = home_with_store.iterdir()
    assert "Hämtade" in told.out
    assert "18 nyckeltal" in told.out
    assert file.name in told.out
    assert "Kolada : klart (100 %)" in told.err


def test_the_command_says_what_failed_and_leaves_nothing(
    fake: FakeKolada, home_with_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.first(1, Reply(404, {}), "/data/kpi/")
    assert main(["kolada", "refresh", "--years", "2024", "--base-url", fake.url]) == 1
    assert "Inget är ändrat" in capsys.readouterr().err
    assert not home_with_store.exists()
    assert main(["kolada", "refresh", "--years", "snart"]) == 1
    assert "går inte att läsa" in capsys.readouterr().err


def test_the_command_shows_koladas_titles_beside_ours(
    fake: FakeKolada, home_with_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kolada", "check", "--base-url", fake.url]) == 0
    told = capsys.readouterr().out
    assert "Kolada: Provrubrik N33818" in told
    assert "22 id, 22 okontrollerade, 0 fel." in told
