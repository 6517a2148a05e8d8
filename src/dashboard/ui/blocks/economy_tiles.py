"""Ekonomi in four numbers: the deviation so far, the year's forecast, and both against what is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.model import Colour
from dashboard.domain.selection import Compare
from dashboard.domain.status import economy as economy_colour
from dashboard.domain.text import millions, number, quantity
from dashboard.measures import accounts
from dashboard.measures.readings import Reading
from dashboard.published import Figure
from dashboard.ui.blocks import origins
from dashboard.ui.blocks.economy_subject import Subject, figures_of, money_readings, subject
from dashboard.ui.page import Page
from dashboard.ui.render import render


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
