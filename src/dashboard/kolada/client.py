"""A small client for Kolada: whole answers or an error, never a part of one.

Kolada asks for restraint: one request at a time, waiting longer after each refusal and as long as it says. Limits are
stated in :class:`Limits`; what lies beyond them is an error, too.
"""

from __future__ import annotations

import email.utils
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from dashboard.kolada import answers
from dashboard.kolada.answers import Answer
from dashboard.kolada.errors import KoladaError

SEGMENT = 25  # ids in one segment of an address; Kolada answers 422 to more
PER_PAGE = 5000
UNCHANGED = "Inget är ändrat."
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """``attempts`` for each request; without any contact at all only two, for there is nothing to wait for.

    Waits double from ``first_wait`` up to ``longest_wait`` seconds, each shortened at random by up to half, so that
    several who were refused together do not come back together.
    """

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    connect_seconds: float = 10.0
    read_seconds: float = 60.0
    pages: int = 400
    bytes_each: int = 40_000_000
    redirects: int = 3


class _Again(Exception):
    """Worth another try. ``wait`` is what Kolada asks for in seconds, None when it does not say."""

    def __init__(self, why: str, wait: float | None = None, *, attempts: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait
        self.attempts = attempts


class Client:
    """Reads from one address and never leaves its host. Use as a context manager."""

    def __init__(
        self,
        address: str,
        limits: Limits | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """``address`` is the API's base, ending with a slash. Raises KoladaError when it may not be used."""
        parts = urlsplit(address)
        local = parts.hostname in {"127.0.0.1", "localhost"}
        if not parts.hostname or parts.scheme not in ({"https", "http"} if local else {"https"}):
            raise KoladaError(f"Adressen {address[:80]} går inte att använda. Den ska börja med https://.")
        self.limits = limits or Limits()
        self.requests = 0
        self.address = address
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._host = (parts.hostname, _port(parts.scheme, parts.port))
        self._base = parts.path if parts.path.endswith("/") else f"{parts.path}/"
        self._sleep, self._chance = sleep, chance
        timeout = httpx.Timeout(self.limits.read_seconds, connect=self.limits.connect_seconds)
        headers = {"Accept": "application/json", "User-Agent": "styrkort (kommunal uppfoljning)"}
        self._http = httpx.Client(timeout=timeout, headers=headers, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def pages(self, path: str) -> Iterator[Answer]:
        """Every page of an answer, in order. ``path`` is below the base: ``data/kpi/N33818/year/2024``.

        Raises KoladaError when a page cannot be had, when the pages go round, leave the host or do not add up.
        """
        target: str | None = f"{self._base}{path}?per_page={PER_PAGE}"
        seen: set[str] = set()
        counts: list[tuple[int, int | None]] = []
        while target is not None:
            if target in seen or len(seen) >= self.limits.pages:
                raise KoladaError(f"Kolada bläddrar i en ring eller utan slut ({path[:60]}). {UNCHANGED}")
            seen.add(target)
            answer = self._answer(target)
            counts.append((len(answer.values), answer.count))
            yield answer
            target = self._same_host(answer.next_url) if answer.next_url else None
        _complete(counts, path)

    def _same_host(self, url: str) -> str:
        """Path and query of an address that Kolada gives, to be asked on our own origin and nowhere else."""
        try:
            parts = urlsplit(url)
            port = _port(parts.scheme or "https", parts.port)
        except ValueError as error:
            raise KoladaError(f"Kolada gav en adress som inte går att läsa. {UNCHANGED}") from error
        if parts.hostname is not None:
            # The same host behind its own proxy may call itself http: the name decides, and our scheme is kept.
            ours = parts.hostname == self._host[0] and port in {self._host[1], 80}
            if not ours or parts.scheme not in {"http", "https"}:
                raise KoladaError(
                    f"Kolada hänvisar till en annan värd ({parts.hostname[:60]}), som inte följs. {UNCHANGED}"
                )
        if not parts.path.startswith(self._base):
            raise KoladaError(f"Kolada hänvisar till en annan plats ({parts.path[:60]}). {UNCHANGED}")
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _answer(self, target: str) -> Answer:
        """One page, tried until it comes whole."""
        tries = 0
        while True:
            tries += 1
            try:
                return self._once(target)
            except _Again as again:
                if tries >= min(again.attempts or self.limits.attempts, self.limits.attempts):
                    raise KoladaError(f"{again.why} Försökte {tries} gånger. {UNCHANGED}") from again
                self._sleep(self._wait(tries, again))

    def _wait(self, tries: int, again: _Again) -> float:
        if again.wait is not None:
            if again.wait > self.limits.longest_wait:
                minutes = max(1, round(again.wait / 60))
                raise KoladaError(f"Kolada ber oss vänta {minutes} min. Försök igen då. {UNCHANGED}")
            return again.wait
        doubled: float = self.limits.first_wait * 2 ** (tries - 1)
        return min(self.limits.longest_wait, doubled) * (1 - self._chance() / 2)

    def _once(self, target: str) -> Answer:
        for _ in range(self.limits.redirects + 1):
            self.requests += 1
            status, headers, content = self._get(target)
            if status in _MOVED and "location" in headers:
                target = self._same_host(headers["location"])
                continue
            _settled(status, headers, target)
            try:
                return answers.read(content)
            except ValueError as error:
                raise _Again("Kolada svarade med något som inte är hel JSON.") from error
        raise KoladaError(f"Kolada hänvisar vidare i en ring. {UNCHANGED}")

    def _get(self, target: str) -> tuple[int, httpx.Headers, bytes]:
        host = self._host[0]
        try:
            with self._http.stream("GET", self._origin + target) as response:
                content = bytearray()
                for chunk in response.iter_bytes():
                    content += chunk
                    if len(content) > self.limits.bytes_each:
                        raise KoladaError(f"Kolada svarade med orimligt mycket på en gång. {UNCHANGED}")
                return response.status_code, response.headers, bytes(content)
        except httpx.ConnectTimeout as error:
            raise _Again(f"Ingen kontakt med {host} inom rimlig tid.", attempts=2) from error
        except httpx.TimeoutException as error:
            raise _Again(f"Svaret från {host} dröjde för länge.") from error
        except (httpx.ConnectError, httpx.ProxyError) as error:
            raise _Again(
                f"Ingen kontakt med {host}. Kontrollera att datorn har nätverk.", attempts=2
            ) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Again(f"Kontakten med {host} bröts mitt i ett svar.") from error
        except httpx.InvalidURL as error:
            raise KoladaError(f"Kolada gav en adress som inte går att läsa. {UNCHANGED}") from error


def _settled(status: int, headers: httpx.Headers, target: str) -> None:
    """Nothing for an answer; otherwise what its status means."""
    if status == 200:
        return
    if status in _AGAIN:
        why = (
            "Kolada ber oss ta det lugnare (429)."
            if status == 429
            else f"Kolada har ett fel hos sig ({status})."
        )
        raise _Again(why, retry_after(headers.get("retry-after", "")))
    if status in {404, 422}:
        raise KoladaError(
            f"Kolada känner inte igen frågan {target[:120]} ({status}). "
            f"Kontrollera nyckeltalen i comparisons.toml med ”dashboard kolada check”. {UNCHANGED}"
        )
    raise KoladaError(f"Kolada svarade {status} på {target[:120]}. {UNCHANGED}")


def retry_after(text: str, now: datetime | None = None) -> float | None:
    """Seconds to wait, from seconds or a date; None when nothing readable is said."""
    if text.strip().isdecimal():
        return float(text)
    try:
        when = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds())


def _port(scheme: str, port: int | None) -> int:
    return port if port is not None else {"http": 80}.get(scheme, 443)


def _complete(counts: list[tuple[int, int | None]], path: str) -> None:
    """``count`` is either each page's own or the whole; neither may promise more than has come."""
    told = [count for _, count in counts if count is not None]
    total = sum(size for size, _ in counts)
    by_page = all(size == count for size, count in counts if count is not None)
    if told and not by_page and any(count != total for count in told):
        raise KoladaError(
            f"Svaret från Kolada är inte helt ({path[:60]}): {total} rader av {max(told)}. {UNCHANGED}"
        )
