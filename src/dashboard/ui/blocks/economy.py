"""Ekonomi: the title, and the report's own table."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.domain.text import millions, quantity
from dashboard.measures import accounts
from dashboard.measures.economy import Deviation
from dashboard.measures.readings import readings
from dashboard.ui.blocks import cards
from dashboard.ui.blocks.economy_subject import Subject, money_readings, parts_of, subject, way_to
from dashboard.ui.blocks.economy_table import table_view
from dashboard.ui.page import Page
from dashboard.ui.render import render


def economy_headline(page: Page) -> None:
    """Set the page's title to whether the money lasts."""
    about = subject(page)
    page.title = page.kept("title", lambda: _title(page, about))
    page.lead = about.reading.said
    if not about.reason:
        closed = about.reading.period.end.number == 12
        _, outcome, _, forecast = money_readings(page)
        page.rest_on(outcome if closed else forecast)


def _title(page: Page, about: Subject) -> str:
    if about.reason:
        whose = "Ekonomin" if about.whole else about.unit.name
        return f"{whose}: inga tal för {about.reading.span}"
    if about.unit.kind == "buffert":
        return f"{about.unit.name}: {_buffer_amount(page, about)} i årets prognos."
    closed = about.reading.period.end.number == 12
    _, outcome, _, forecast = money_readings(page)
    main = outcome if closed else forecast
    if main.value.number is None:
        return f"{about.unit.name}: {main.value.reason}"
    value = float(main.value.number)
    noun = "Utfallet" if closed else "Prognosen"
    verb = "blev" if closed else "är"
    who = "" if about.whole else f"{about.unit.name}: "
    start = f"{who}{noun if not who else noun.lower()} {verb} {against_budget(value)}"
    if not about.whole:
        return f"{start}{_share_ofwhole_way(page, about, value)}."
    parts = page.facts.catalogue.children(about.unit.id, about.reading.period.end)
    buffered = not closed and any(one.kind == "buffert" for one in parts)  # the whole's forecast is after it
    return f"{start}{' efter omvärldsbuffert' if buffered else ''}{_worst(parts_of(page))}."


def against_budget(value: float) -> str:
    if value == 0:
        return "lika med budget"
    return f"{millions(abs(value))} {'sämre' if value < 0 else 'bättre'} än budget"


def _worst(parts: Sequence[Deviation]) -> str:
    """Who is furthest below budget, as a share of all that are: never of the whole, whose deviation surpluses and the
    buffer make smaller.
    """
    below = [one for one in parts if one.value < 0]
    if not below or len(parts) < 2:
        return ""
    total = sum(one.value for one in below)
    worst = _inside(below[0].label)
    if len(below) == 1:
        return f"; {worst} står för hela underskottet på {millions(abs(total))}"
    share = quantity(100 * below[0].value / total, "procent")
    return f"; {worst} står för {share} av underskotten på {millions(abs(total))}"


def _share_ofwhole_way(page: Page, about: Subject, value: float) -> str:
    below = [one for one in parts_of(page) if one.value < 0]
    if value >= 0 or about.unit.id not in {one.unit.id for one in below} or len(below) < 2:
        return ""
    total = sum(one.value for one in below)
    return f", {quantity(100 * value / total, 'procent')} av underskotten på {millions(abs(total))}"


def _inside(label: str) -> str:
    """A label in the middle of a sentence: *avdelning barn och unga*; footnote stars left out."""
    plain = label.strip("* ")
    return plain[:1].lower() + plain[1:] if plain.startswith(("Avdelning", "Förvaltnings")) else plain


def _buffer_amount(page: Page, about: Subject) -> str:
    forecast = page.facts.catalogue.roles.accounts.forecast
    found = readings(page.facts, [forecast], about.selection)[0].value.number
    return millions(None if found is None else float(found), signed=True)


def economy_table(page: Page) -> Markup:
    """The report's table for the period, else the same from the months, else the reason."""

    def make() -> Markup:
        about = subject(page)
        view = table_view(page, about.reading, about.unit, about.reason)
        if view is None:
            first = accounts.known_from(page.facts, page.facts.catalogue.root)
            sentence = (
                "Ingen rapport har en ekonomisk tabell för perioden, och inga månader är inlästa för den."
            )
            ways = [(f"Visa {first[0].name}", way_to(page, period=str(first[0])))] if first else []
            near = accounts.nearest_report(page.facts, about.reading.period.end)
            if near:
                ways.append((f"Närmaste rapport: {near.short}", way_to(page, period=str(near.period))))
            return cards.plain_card("tabell", "Ekonomisk tabell", sentence, links=ways).html
        return render(
            "economy_table.html", view=view, file=cards.file_name("ekonomi", str(about.reading.period))
        )

    return page.kept("table", make, page.query.projector)
