"""The measurements. Each runs all its servers side by side and goes round them, so noise hits all alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from benchmarks import browser as chromium
from benchmarks import wire
from benchmarks.record import STATES, Recording
from benchmarks.samples import Series, turns
from benchmarks.servers import HOST, KINDS, Place, Server, all_running, running
from benchmarks.targets import on_page
from dashboard.ui.navigation import MENU

# A line on which the difference between pages can be felt: megabits a second, milliseconds.
SLOW_LINE = (10.0, 40.0)
WARM_ROUNDS = 3
_SLOW = ("app", "floor", "floor_plotly_run", "dash_naive")


@dataclass(frozen=True, slots=True)
class Rounds:
    """How many rounds each measurement goes."""

    change: int = 24
    page: int = 12
    load: int = 9
    cold: int = 9
    answer: int = 60
    loading: int = 15
    opening: int = 40
    serving: int = 1


QUICK = Rounds(change=8, page=4, load=3, cold=3, answer=20, loading=5, opening=15, serving=0)


@dataclass(slots=True)
class Bench:
    """What every measurement is given, and where it puts what it found."""

    place: Place
    recording: Recording
    rounds: Rounds
    series: dict[str, Series] = field(default_factory=dict)

    def put(self, name: str, unit: str, server: str, value: float) -> None:
        """Keep one value of a metric."""
        self.series.setdefault(name, Series(name, unit)).add(server, value)

    def unasked(self, unit: str) -> Iterator[str]:
        """Query strings of selections that nobody has asked a server yet, for as long as there are any."""
        for period in self.recording.periods:
            yield f"period={period}&enhet={unit}"


def answers(bench: Bench) -> None:
    """The server's own answer: from the request to the end of the script, without a browser."""
    names = ["app", "floor", "floor_plotly", "floor_run", "floor_plotly_run", "empty_run", "naive_run"]
    fresh = [query for unit in ("avd-barn-unga", "avd-vuxen") for query in bench.unasked(unit)]
    with all_running(names, bench.place) as servers, ExitStack() as stack:
        sessions = {
            name: stack.enter_context(wire.Session(HOST, server.port)) for name, server in servers.items()
        }
        selects = {name: session.rerun().select for name, session in sessions.items()}
        for number in range(-WARM_ROUNDS, bench.rounds.answer):
            state = STATES[number % 2]
            # The naive page is slow and its place is clear after a few rounds.
            asked = [name for name in names if name != "naive_run" or number % 6 == 0]
            for name in turns(asked, number):
                chosen = (selects[name], state) if selects[name] else None
                one = sessions[name].rerun("" if chosen else f"period={state}", select=chosen)
                if number >= 0:
                    bench.put("answer", "ms", name, 1000 * one.seconds)
            if number >= 0 and fresh:
                new = sessions["app"].rerun(fresh.pop())
                bench.put("answer", "ms", "app, new question", 1000 * new.seconds)
        for name, server in servers.items():
            bench.put("memory after the answers", "MB", name, server.memory())


def changes(bench: Bench, browser: Browser) -> None:
    """A filter change on Översikt in the browser, until the new content is painted."""
    names = ["app", "floor", "floor_plotly", "floor_plotly_run", "naive_run", "dash_naive"]
    fresh = list(reversed(bench.recording.periods))
    with all_running(names, bench.place) as servers:
        pages = _open_all(browser, servers)
        extra = chromium.opened(browser, servers["app"].url, chromium.LOOKS["app"])
        for number in range(-WARM_ROUNDS, bench.rounds.change):
            for name in turns(names, number):
                value = _there_and_back(pages[name], name)
                if number >= 0:
                    bench.put("filter change", "ms", name, value)
            if fresh:
                new = chromium.change(extra, chromium.LOOKS["app"], fresh.pop())
                if number >= 0:
                    bench.put("filter change", "ms", "app, new question", new)
        for name, server in servers.items():
            bench.put("memory after the changes", "MB", name, server.memory())
        _close(browser)


def pages(bench: Bench, browser: Browser) -> None:
    """A filter change on every page but the first against the same page recorded, and a change of page."""
    with all_running(["app", "floor_pages"], bench.place) as servers:
        board = chromium.LOOKS["app"]
        for info in MENU[1:]:
            shown = {
                name: chromium.opened(browser, f"{server.url}/{info.path}", board)
                for name, server in servers.items()
            }
            for number in range(-WARM_ROUNDS, bench.rounds.page):
                for name in turns(list(shown), number):
                    value = _there_and_back(shown[name], name)
                    if number >= 0:
                        bench.put(on_page(info.title), "ms", name, value)
            _close(browser)
        moving = {name: chromium.opened(browser, server.url, board) for name, server in servers.items()}
        for number in range(-WARM_ROUNDS, bench.rounds.change):
            for name in turns(list(moving), number):
                there = chromium.follow(moving[name], board, "/trender")
                back = chromium.follow(moving[name], board, "/")
                if number >= 0:
                    bench.put("page change", "ms", name, (there + back) / 2)
        _close(browser)


def loads(bench: Bench, browser: Browser) -> None:
    """The first load with an empty cache: time on this machine and on a slow line, and bytes."""
    names = ["app", "floor", "floor_plotly", "floor_plotly_run", "empty_run", "naive_run", "dash_naive"]
    with all_running(names, bench.place) as servers:
        for number in range(-1, bench.rounds.load):
            for name in turns(names, number):
                look, url = chromium.LOOKS[name], servers[name].url
                one = chromium.load(browser, url, look)
                if number < 0:
                    continue
                bench.put("first load", "ms", name, 1000 * one.seconds)
                bench.put("bytes of the first load", "kB", name, one.size / 1000)
                # Slow on purpose, and steady: a few rounds of the pages that matter are enough.
                if name in _SLOW and number % 4 == 0:
                    slow = chromium.load(browser, url, look, SLOW_LINE)
                    bench.put("first load, 10 Mbit/s and 40 ms", "ms", name, 1000 * slow.seconds)


def cold(bench: Bench) -> None:
    """Cold start: from the start of the process to the page over HTTP, and to the first finished script."""
    names = ["app", "floor", "empty_run", "naive_run", "dash_naive"]
    for number in range(-1, bench.rounds.cold):
        for name in turns(names, number):
            with running(KINDS[name], bench.place) as server:
                if number < 0:
                    continue
                bench.put("cold start to the page", "ms", name, 1000 * server.http)
                if server.kind.how != "dash":
                    bench.put("cold start to the first answer", "ms", name, 1000 * server.answer)


def _open_all(browser: Browser, servers: dict[str, Server]) -> dict[str, Page]:
    return {
        name: chromium.opened(browser, server.url, chromium.LOOKS[name]) for name, server in servers.items()
    }


def _there_and_back(page: Page, name: str) -> float:
    """The mean of a change to the second state and back, because the two may differ in size."""
    look = chromium.LOOKS[name]
    return sum(chromium.change(page, look, state) for state in reversed(STATES)) / 2


def _close(browser: Browser) -> None:
    for context in browser.contexts:
        context.close()
