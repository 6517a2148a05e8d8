"""Ekonomi: the headline and key figures, the report's table, and who deviates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.model import Colour, Unit
from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.status import economy as economy_colour
from dashboard.domain.text import millions, number, quantity
from dashboard.measures import accounts, economy
from dashboard.measures.economy import Deviation
from dashboard.measures.readings import Reading, readings
from dashboard.published import Figure
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.economy_table import table_view
from dashboard.ui.page import Page
from dashboard.ui.render import render


@dataclass(frozen=True, slots=True)
class Subject:
    """The chosen unit in the accounts. ``reason`` says why it has none then; ``ways`` lead to where there
    is some.
    """

    unit: Unit
    reading: accounts.Reading
    selection: Selection  # of the period as the accounts read it
    reason: str = ""
    ways: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> bool:
        return self.unit.parent is None


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure. ``second`` are the numbers it is made of, ``change`` what it is held against."""

    title: str
    reading: Reading
    value: str
    colour: Colour | None
    second: str
    change: str
    verdict: str
    figures: tuple[Figure, ...] = ()  # those its numbers rest on, the value's own first


def subject(page: Page) -> Subject:
    """What the page is about, and whether the accounts have it."""
    return page.kept("subject", lambda: _subject(page), page.query.projector)


def _subject(page: Page) -> Subject:
    facts, unit = page.facts, page.facts.catalogue.unit(page.selection.unit)
    reading = accounts.read(facts, page.selection.period)
    asked = page.selection.with_period(reading.period)
    levels = (*economy.levels_of(facts), "buffert")
    end = reading.period.end
    if unit.kind not in levels:
        above = [one for one in facts.catalogue.ancestors(unit.id) if one.kind in levels]
        nearest = above[-1]
        reason = f"Ekonomin redovisas inte för {unit.name}, bara för {nearest.name} som helhet."
        return Subject(unit, reading, asked, reason, ((f"Visa {nearest.name}", _to(page, unit=nearest.id)),))
    known = page.once(f"accounts of {unit.id}", lambda: accounts.known_from(facts, unit.id))
    if known is None:
        return Subject(unit, reading, asked, f"Det finns inga uppgifter om ekonomin för {unit.name}.")
    first, last = known
    if end < first:
        what = "Ekonomin finns" if unit.parent is None else f"{unit.name} är en egen rad i ekonomin"
        ways = [(f"Visa {first.name}", _to(page, period=str(first)))]
        if unit.parent is not None:
            ways.insert(0, _whole(page))
        return Subject(unit, reading, asked, f"{what} från {first.name}.", tuple(ways))
    if end > last:
        gone = unit.valid_to is not None
        reason = (
            f"{unit.name} redovisades till och med {last.name}."
            if gone
            else f"Ekonomin finns till och med {last.name}."
        )
        ways = [
            (
                f"Visa {last.year}" if last.number == 12 else f"Visa {last.name}",
                _to(page, period=_until(last)),
            )
        ]
        if unit.parent is not None:
            ways.append(_whole(page))
        return Subject(unit, reading, asked, f"{reason} {unit.note}".strip(), tuple(ways))
    return Subject(unit, reading, asked)


def _whole(page: Page) -> tuple[str, str]:
    root = page.facts.catalogue.unit(page.facts.catalogue.root)
    return f"Visa {root.short.lower()}", _to(page, unit=root.id)


def _until(last: Month) -> str:
    return str(Period.year(last.year)) if last.number == 12 else str(last)


def _to(page: Page, unit: str | None = None, period: str | None = None) -> str:
    changes = {key: value for key, value in (("enhet", unit), ("period", period)) if value}
    return page.href("ekonomi", **changes)


def parts_of(page: Page) -> tuple[Deviation, ...]:
    """The parts of the whole organisation, whatever unit is chosen, the worst first."""
    asked = replace(subject(page).selection, unit=page.facts.catalogue.root)
    return page.kept("parts", lambda: economy.deviations(page.facts, asked))


def money_readings(page: Page) -> tuple[Reading, ...]:
    """Outcome, its deviation, the year's forecast and its deviation: of the subject, in the accounts' period."""
    about = subject(page)
    accounts = page.facts.catalogue.roles.accounts
    ids = (accounts.outcome, accounts.deviation, accounts.forecast, accounts.forecast_deviation)
    return page.kept("readings", lambda: readings(page.facts, ids, about.selection))


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
        return f"{start}{_share_of_whole(page, about, value)}."
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


def _share_of_whole(page: Page, about: Subject, value: float) -> str:
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


def economy_tiles(page: Page) -> Markup:
    """Deviation so far, the year's forecast, and the outcome against what is compared with."""

    def make() -> Markup:
        about = subject(page)
        if about.reason:
            return render(
                "economy_missing.html", reason=about.reason, ways=about.ways, said=about.reading.said
            )
        return render(
            "economy_tiles.html",
            tiles=_tiles(page, about),
            reports=page.facts.catalogue.reports,
            point=page.point,
        )

    return page.kept("tiles", make, page.query.projector)


def _tiles(page: Page, about: Subject) -> list[Tile]:
    outcome, deviation, forecast, forecast_deviation = money_readings(page)
    closed = about.reading.period.end.number == 12
    first = "Avvikelse mot budget, helår" if closed else "Avvikelse mot budget hittills"
    tiles = (
        [_against(page, about, first, deviation, outcome, "utfall")]
        if deviation.value.number is not None
        else []
    )
    if not closed and forecast_deviation.value.number is not None:
        tiles.append(
            _against(page, about, "Prognos mot helårets budget", forecast_deviation, forecast, "prognos")
        )
    compare = about.selection.compare
    other = (
        ""
        if compare is Compare.TARGET
        else f" mot {about.selection.other_period.short if about.selection.other_period else ''}"
    )
    for reading, name in ((outcome, "Utfall"), (forecast, "Prognos för helåret")):
        if (closed and name != "Utfall") or reading.value.number is None:
            continue
        value = float(reading.value.number)
        base = deviation if name == "Utfall" else forecast_deviation
        if compare is Compare.TARGET and base.value.number is not None:
            budget = value - float(base.value.number)
            change = f"{quantity(100 * value / budget, 'procent', 1)} av budget" if budget else "ingen budget"
        else:
            change = _change(page, about, reading)
        figures = figures_of(reading, base)
        title = f"{name}{other}"
        tiles.append(Tile(title, reading, millions(value), None, reading.value.how, change, "", figures))
    return tiles


def _against(page: Page, about: Subject, title: str, reading: Reading, base: Reading, word: str) -> Tile:
    value = float(reading.value.number or 0)
    second, colour = "", None
    if base.value.number is not None:
        result = float(base.value.number)
        budget = result - value
        second = f"{word} {number(result / 1000, 1)} mot budget {millions(budget)}"
        colour = economy_colour(result, budget, page.facts.catalogue.thresholds.economy_yellow)
    if reading.against is None or page.selection.compare is Compare.TARGET:
        limit = quantity(100 * page.facts.catalogue.thresholds.economy_yellow, "procent")
        change = f"grönt inom budget, gult till {limit} sämre"
        return Tile(
            title,
            reading,
            millions(value, signed=True),
            colour,
            second,
            change,
            "",
            figures_of(reading, base),
        )
    way = reading.verdict.value if reading.verdict else ""
    change = _change(page, about, reading)
    return Tile(
        title, reading, millions(value, signed=True), colour, second, change, way, figures_of(reading, base)
    )


def figures_of(*found: Reading) -> tuple[Figure, ...]:
    """What the numbers of a tile rest on: each value, and what it is held against."""
    said = [one.value.figures + (one.against.figures if one.against else ()) for one in found]
    return tuple(dict.fromkeys(figure for figures in said for figure in figures))


def _change(page: Page, about: Subject, reading: Reading) -> str:
    """The change in words; where the accounts were divided otherwise then, that is the reason for none."""
    other = about.selection.other_period
    if reading.change is None and other is not None:
        before = accounts.comparable_unit(page.facts, about.unit.id, other.end)
        known = accounts.known_from(page.facts, before.id) if before else None
        if known is None or other.end < known[0]:
            return f"ingen jämförbar rad {other.short}"
    words = insights.change_text(reading)
    if reading.mixed and reading.against:
        words += f" ({origins.word(reading.value.origin)} mot {origins.word(reading.against.origin)})"
    return words


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
            ways = [(f"Visa {first[0].name}", _to(page, period=str(first[0])))] if first else []
            near = accounts.nearest_report(page.facts, about.reading.period.end)
            if near:
                ways.append((f"Närmaste rapport: {near.short}", _to(page, period=str(near.period))))
            return cards.plain_card("tabell", "Ekonomisk tabell", sentence, links=ways).html
        return render(
            "economy_table.html", view=view, file=cards.file_name("ekonomi", str(about.reading.period))
        )

    return page.kept("table", make, page.query.projector)
