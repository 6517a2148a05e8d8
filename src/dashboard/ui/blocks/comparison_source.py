"""What Jämförelser rests on beside the board's own facts: the newest fetch from Kolada, and which figure is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from dashboard import settings
from dashboard.domain.comparison import Comparisons
from dashboard.domain.text import THIN, number, quantity
from dashboard.kolada.store import Snapshot
from dashboard.measures.comparisons import Compared, Source, all_compared, source
from dashboard.ui.page import Page

T = TypeVar("T")
CHOSEN = "nyckeltal"
OWN = (CHOSEN,)


@dataclass(frozen=True, slots=True)
class View:
    """What there is to see: every figure that can be compared up to the period, and the one chosen."""

    found: Source
    every: tuple[Compared, ...]
    chosen: Compared | None
    said: tuple[str, ...]

    @property
    def snapshot(self) -> Snapshot | None:
        return self.found.snapshot


def comparison_state() -> str:
    """Changes with what has been fetched: a page that rests on it is drawn anew then."""
    found = source(settings.load().kolada)
    return f"{found.snapshot.file.name if found.snapshot else ''} {' '.join(found.notices)}"


def wanted(page: Page) -> Comparisons:
    return page.facts.catalogue.comparisons


def kept(page: Page, what: str, make: Callable[[], T]) -> T:
    """As :meth:`Page.kept`, for as long as nothing new is fetched."""
    return page.kept(what, make, comparison_state())


def view(page: Page) -> View:
    """The choice in the address, held against what has been fetched."""

    def make() -> View:
        found = source(settings.load().kolada)
        last = page.selection.period.end.year
        every = all_compared(found.snapshot, wanted(page), last) if found.snapshot else ()
        name = page.query.own.get(CHOSEN, "")
        chosen = next((one for one in every if one.kpi.id == name), None)
        said = list(found.notices)
        if name and chosen is None:
            said.append(_missing(page, name, found.snapshot is not None))
        return View(found, every, chosen or (every[0] if every else None), tuple(said))

    return kept(page, "comparison_view", make)


def _missing(page: Page, name: str, fetched: bool) -> str:
    kpi = wanted(page).kpi(name)
    if kpi is None:
        return f"Nyckeltalet ”{name[:20]}” finns inte bland dem som jämförs."
    if not fetched:
        return f"{kpi.name} visas när något är hämtat från Kolada."
    own, last = wanted(page).municipality.name, page.selection.period.end.year
    return f"{kpi.name} har inget värde för {own} {last} eller tidigare."


def amount(value: float | None, one: Compared) -> str:
    """A value as the figure is written, with its unit."""
    return quantity(value, short_unit(one.kpi.unit), one.kpi.decimals)


def short_unit(unit: str) -> str:
    """What stands behind every number; *per invånare* and the like stand in the head, once."""
    return "" if unit.startswith("antal") else unit.partition("/")[0]


def unit_words(unit: str) -> str:
    """The unit on its own, as beside a title."""
    words = {"procent": "procent", "kr/inv": "kronor per invånare", "kr/hushåll": "kronor per hushåll"}
    return words.get(unit, unit).replace("1 000", f"1{THIN}000")


def fetched_on(snapshot: Snapshot) -> str:
    """The day of the fetch, where the reader is."""
    return snapshot.file.known_from.astimezone().date().isoformat()


def place_words(one: Compared, lane: int = 0) -> str:
    """``Plats 12 av 287``, counted from the best or, when neither way is good, from the highest."""
    place = one.lanes[lane].standing if lane < len(one.lanes) else None
    if place is None:
        return ""
    shared = "delad plats" if place.shared > 1 else "plats"
    return f"{shared} {number(place.place)} av {number(place.of)}"
