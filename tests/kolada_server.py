"""A stand-in for Kolada on this machine that speaks its version 3, and made-up figures for it to serve.

Every figure here is invented for the tests, by a formula. None may be used outside the tests.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from dashboard.catalogue import Catalogue
from dashboard.domain.comparison import Comparisons
from dashboard.kolada.client import Client, Limits
from dashboard.kolada.refresh import Refreshed, refresh

BASE = "/v3/"
YEARS = (2021, 2022, 2023, 2024)
FETCHED_AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
COUNTY, OTHERS = 8, 20  # municipalities of the county and elsewhere, beside the catalogue's own


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server says instead of its figures. ``cut`` promises more bytes than it sends."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    cut: bool = False
    wait: float = 0.0


Answer = Callable[[str], Reply | None]


def made_up(kpi: str, area: str, year: int) -> float:
    """An invented value, the same every time."""
    level = sum(ord(letter) for letter in kpi) % 40 + 5
    spread = (int(area) * 37 + int(kpi[1:]) * 11) % 101 / 100
    return round(level * (0.6 + 0.8 * spread) + (year - 2020) * 0.3, 4)


class FakeKolada:
    """``answers`` are asked in turn before the figures: the first that does not return None decides."""

    def __init__(self, wanted: Comparisons, page: int = 1_000, years: Sequence[int] = YEARS) -> None:
        self.wanted, self.page, self.years = wanted, page, tuple(years)
        self.asked: list[str] = []
        self.answers: list[Answer] = []
        self.values: Callable[[str, str, int], float | None] = made_up
        self.extra_rows: list[dict[str, Any]] = []
        self.url = ""

    def areas(self) -> list[dict[str, str]]:
        own = self.wanted.municipality
        rows = [{"id": own.id, "title": own.name, "type": "K"}]
        rows += [{"id": self.wanted.country.id, "title": self.wanted.country.name, "type": "L"}]
        rows += [{"id": "0001", "title": "Region Prov", "type": "L"}]
        members = [one for group in self.wanted.groups for one in group.members]
        rows += [{"id": one.id, "title": one.name, "type": "K"} for one in members]
        taken = {row["id"] for row in rows}
        codes = [f"01{number:02}" for number in range(1, COUNTY + 1)]
        codes += [f"{number:04}" for number in range(3001, 3001 + OTHERS)]
        return rows + [
            {"id": code, "title": f"Provkommun {code}", "type": "K"} for code in codes if code not in taken
        ]

    def everything(self, path: str) -> list[dict[str, Any]]:
        """All rows of an answer, before paging."""
        kind, *rest = path.strip("/").split("/")
        if kind == "municipality":
            return [dict(row) for row in self.areas()]
        if kind == "kpi":
            asked = rest[0].split(",")
            return [self.kpi(one.id) for one in self.wanted.kpis if one.id in asked]
        if kind == "municipality_groups":
            asked = rest[0].split(",")
            return [self.group(one.id) for one in self.wanted.groups if one.id in asked]
        named = dict(zip(rest[::2], rest[1::2], strict=True))
        wanted_years = {int(year) for year in named["year"].split(",")}
        rows = [
            self.row(kpi, area["id"], year)
            for kpi in named["kpi"].split(",")
            for year in self.years
            for area in self.areas()
            if year in wanted_years
        ]
        return rows + self.extra_rows

    def kpi(self, kpi_id: str) -> dict[str, Any]:
        return {
            "id": kpi_id,
            "title": f"Provrubrik {kpi_id}",
            "description": "",
            "is_divided_by_gender": False,
            "municipality_type": "K",
            "publication_date": "2026-09-30",
            "prel_publication_date": "2026-02-01",
            "publ_period": str(self.years[-1]),
            "has_ou_data": False,
        }

    def group(self, group_id: str) -> dict[str, Any]:
        known = self.wanted.group(group_id)
        members = [(one.id, one.name) for one in known.members] if known and known.members else []
        members = members or [(f"30{number:02}", f"Provkommun 30{number:02}") for number in range(1, 8)]
        return {
            "id": group_id,
            "title": f"Liknande kommuner, prov, {group_id}",
            "members": [{"member_id": one, "member_title": name} for one, name in members],
        }

    def row(self, kpi: str, area: str, year: int) -> dict[str, Any]:
        value = self.values(kpi, area, year)
        genders = [{"gender": "T", "count": 1, "status": "", "value": value, "isdeleted": False}]
        genders += [{**genders[0], "gender": "K", "value": 1.0}]
        return {"kpi": kpi, "municipality": area, "period": year, "values": genders}

    def reply(self, target: str) -> Reply:
        self.asked.append(target)
        for answer in self.answers:
            found = answer(target)
            if found is not None:
                return found
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        start = int(query.get("offset", ["0"])[0])
        segments = parts.path.removeprefix(BASE).split("/")
        if any(len(segment.split(",")) > 25 for segment in segments):
            return Reply(422, {"detail": "too many ids"})
        rows = self.everything(parts.path.removeprefix(BASE))
        part = rows[start : start + self.page]
        after = start + self.page
        following = f"{self.url.removesuffix(BASE)}{parts.path}?per_page=5000&offset={after}"
        return Reply(
            body={
                "values": part,
                "count": len(part),
                "next_url": following if after < len(rows) else None,
                "previous_url": None,
            }
        )

    def first(self, times: int, reply: Reply, where: str = "") -> None:
        """Say this the first ``times`` times that an address holding ``where`` is asked."""
        left = [times]

        def answer(target: str) -> Reply | None:
            if where not in target or not left[0]:
                return None
            left[0] -= 1
            return reply

        self.answers.append(answer)


@contextmanager
def serving(fake: FakeKolada) -> Iterator[FakeKolada]:
    """Serve on a free port of this machine until the block ends; ``fake.url`` is the base."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = fake.reply(self.path)
            time.sleep(reply.wait)
            content = reply.raw if reply.raw is not None else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content) + (100 if reply.cut else 0)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
            if reply.cut:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    # A proxy of the developer's must not stand between the test and its server.
    direct = dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1")
    try:
        with patch.dict(os.environ, direct):
            yield fake
    finally:
        server.shutdown()
        server.server_close()


def patient(fake: FakeKolada, waits: list[float] | None = None, limits: Limits | None = None) -> Client:
    """A client that notes its waits in ``waits`` instead of sleeping."""
    noted = waits if waits is not None else []
    return Client(fake.url, limits or Limits(), sleep=noted.append, chance=lambda: 0.0)


def fill(
    root: Path,
    catalogue: Catalogue,
    *,
    when: datetime = FETCHED_AT,
    years: Sequence[int] = YEARS,
    values: Callable[[str, str, int], float | None] = made_up,
) -> Refreshed:
    """Fetch made-up figures for all that the catalogue names into a store of the tests."""
    fake = FakeKolada(catalogue.comparisons, years=years)
    fake.values = values
    with serving(fake):
        return refresh(root, catalogue.comparisons, years, now=when, client=patient(fake))
