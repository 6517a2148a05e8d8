"""Ekonomi, forecasts: the management's beside B, C and D, and what each part's takes for granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.model import Colour, Origin
from dashboard.domain.organisation import ASIDE
from dashboard.domain.origins import combined
from dashboard.domain.status import economy as economy_colour
from dashboard.domain.text import listing
from dashboard.measures.forecasts import BUFFER, Outlook, outlooks
from dashboard.ui.blocks import cards
from dashboard.ui.blocks.economy import economy_headline
from dashboard.ui.blocks.economy_forecast_words import (
    assumption,
    best_sentence,
    how_b,
    how_c,
    how_d,
    place_sentence,
)
from dashboard.ui.blocks.economy_subject import Subject, subject
from dashboard.ui.blocks.economy_tiles import economy_tiles
from dashboard.ui.blocks.economy_views import whose
from dashboard.ui.page import Page
from dashboard.ui.render import render

KEY = "prognosvagar"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reckon the year. ``how`` with numbers; ``reason`` stands where there is no value."""

    letter: str
    title: str
    value: float | None
    gap: float | None
    colour: Colour | None
    how: tuple[str, ...]
    reason: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the organisation: the management's forecast and the other ways, with a sentence."""

    outlook: Outlook
    name: str
    colour: Colour
    gap: float | None
    sentence: str
    chosen: bool


def _all(page: Page) -> tuple[Outlook, ...]:
    """The parts, the whole and, first of all, the chosen unit: one question for everything on the view."""
    about, catalogue = subject(page), page.facts.catalogue
    root = catalogue.unit(catalogue.root)
    period = about.reading.period
    parts = [one for one in catalogue.children(root.id, period.end) if one.kind not in ASIDE]
    return page.kept("outlooks", lambda: outlooks(page.facts, [about.unit, *parts, root], period))


def outlook_of(page: Page) -> Outlook:
    """The chosen unit's year."""
    return _all(page)[0]


def answerable(page: Page) -> str:
    """Why no forecast can be reckoned for the choice, "" when one can."""
    about = subject(page)
    if about.unit.kind == BUFFER:
        return "Bufferten har varken utfall eller budget, så det finns inget att räkna en prognos ur."
    found = outlook_of(page)
    if found.letters.b is None:
        return about.reason or found.letters.why["b"]
    if found.closed:
        year = found.period.end.year
        return f"Året {year} är stängt: det finns ett utfall, och inget kvar att räkna en prognos för."
    return ""


def forecast_headline(page: Page) -> None:
    """Set the title to what the ways of reckoning say together."""
    if answerable(page):
        economy_headline(page)
    else:
        page.lead = subject(page).reading.said
        page.title = page.kept("forecast_title", lambda: best_sentence(outlook_of(page)))


def forecast_ways(page: Page) -> Markup:
    """Four cards: the management's forecast, B, C and D, each with how it is reckoned."""

    def make() -> Markup:
        about, why = subject(page), answerable(page)
        if about.reason and why == about.reason:
            return economy_tiles(page)
        if why:
            ways = [("Hur bra prognoserna var", page.href("ekonomi", vy="traffsakerhet"))]
            return cards.plain_card(KEY, "Årets prognos", why, links=ways).html
        return render(
            "economy_ways.html",
            ways=_ways(page, outlook_of(page)),
            reports=page.facts.catalogue.reports,
            place=place_sentence(outlook_of(page)),
        )

    return page.kept("forecast_ways", make)


def _ways(page: Page, found: Outlook) -> list[Way]:
    budget = float(found.year_budget.number or 0)
    yellow = page.facts.catalogue.thresholds.economy_yellow
    letters = found.letters

    def way(letter: str, title: str, value: float | None, how: Sequence[str], *, judged: bool = False) -> Way:
        gap = None if value is None else value - budget
        colour = economy_colour(value, budget, yellow) if judged and value is not None else None
        origin = _volumes(found) or found.origin if letter == "D" else found.origin
        return Way(letter, title, value, gap, colour, tuple(how), letters.why.get(letter.lower(), ""), origin)

    before = " före buffert" if found.buffer else ""
    own = way("", f"Förvaltningens prognos{before}", found.own, assumption(found), judged=True)
    return [
        own,
        way("B", "Resten enligt budget", letters.b, how_b(found)),
        way("C", "Resten i samma takt", letters.c, how_c(found)),
        way("D", "Volymer och priser, bästa skattning", letters.d, how_d(found), judged=True),
    ]


def _volumes(found: Outlook) -> Origin | None:
    """Where the volumes of D come from; None when it has none."""
    return combined(one.origin for one in found.letters.covered)


def forecast_parts(page: Page) -> Markup:
    """Each part with the ways side by side, its colour by rule, and what its forecast takes for granted."""

    def make() -> Markup:
        about = subject(page)
        rows = _rows(page, about)
        return render(
            "economy_parts.html",
            rows=rows,
            note=_sum_note(rows),
            year=about.reading.period.end.year,
            source=_source({row.outlook.origin for row in rows} | {_volumes(row.outlook) for row in rows}),
            stamp=page.facts.warehouse.fingerprint[:8],
            file=cards.file_name("prognoser", str(about.reading.period)),
        )

    return Markup() if answerable(page) else page.kept("forecast_parts", make)


def _rows(page: Page, about: Subject) -> list[Row]:
    yellow = page.facts.catalogue.thresholds.economy_yellow
    rows = []
    for found in _all(page)[1:]:
        if found.letters.b is None or found.year_budget.number is None:
            continue
        budget = float(found.year_budget.number)
        gap = None if found.own is None else found.own - budget
        colour = economy_colour(found.own, budget, yellow)
        sentence = place_sentence(found) or "Det finns ingen egen prognos att jämföra med."
        rows.append(Row(found, whose(found.unit), colour, gap, sentence, found.unit.id == about.unit.id))
    return rows


def _source(origins: set[Origin | None]) -> str:
    words = {
        Origin.PUBLISHED: "rapportens tabell",
        Origin.IMPORTED: "inlästa månadsvärden",
        Origin.SYNTHETIC: "demons månadsvärden",
    }
    if Origin.MIXED in origins:
        origins = {*origins, Origin.IMPORTED, Origin.SYNTHETIC}
    return listing([word for origin, word in words.items() if origin in origins])


def _sum_note(rows: Sequence[Row]) -> str:
    """Where the parts' C and D do not add up to the whole's, and why that is as it should be."""
    parts = [row.outlook.letters for row in rows if row.outlook.unit.parent is not None]
    if len(parts) < 2:
        return ""
    told = ["C räknas för varje del för sig, så delarna summerar inte till helheten"]
    if any(one.d is not None for one in parts):
        told.append("D likaså, och bara där volymer med pris följs")
    return f"{'; '.join(told)}."
