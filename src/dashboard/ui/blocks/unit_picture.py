"""Enheter, one of them: its goals and every measure it has, by theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.charts.sparkline import Sparkline, sparkline
from dashboard.domain.model import Colour
from dashboard.domain.spc import Variation
from dashboard.domain.text import count_word, listing, number
from dashboard.insights.words import inside
from dashboard.measures import goals
from dashboard.measures.readings import Reading
from dashboard.measures.spc import Mark, mark_of
from dashboard.measures.unit_picture import Picture, Seen, picture
from dashboard.ui.blocks import origins
from dashboard.ui.blocks.cards import file_name, plain_card, spreadsheet
from dashboard.ui.blocks.insights import insights_block
from dashboard.ui.blocks.overview import goal_tiles, printed_on
from dashboard.ui.blocks.topic_cards import ways
from dashboard.ui.blocks.unit_glance import units_headline, units_unusual
from dashboard.ui.page import Page
from dashboard.ui.render import render

NAMED = 4


@dataclass(frozen=True, slots=True)
class Row:
    one: Reading
    href: str
    value: str
    against: str
    change: str
    exact: tuple[str | None, str | None, str | None]
    mark: Mark | None
    curve: Sparkline
    source: str


def one_unit(page: Page) -> bool:
    """Whether the address names a part of the organisation and not the whole."""
    return page.selection.unit != page.facts.catalogue.root


def unit_headline(page: Page, measures: Sequence[str], watched: Sequence[str]) -> None:
    """The unit and how many of its measures are out of the ordinary; for the whole, as ``units_headline``."""
    units_headline(page, unit_measures(page, measures), watched)
    if not one_unit(page):
        return
    found = _picture(page)
    if not found.seen:
        page.title = f"{found.unit.name} har inga värden för {page.selection.period.label}."
        return
    judged = [one for one in found.seen if one.latest]
    worse = sum(1 for one in judged if one.latest and one.latest.variation is Variation.CONCERNING)
    better = sum(1 for one in judged if one.latest and one.latest.variation is Variation.IMPROVING)
    if not judged:
        page.title = f"{found.unit.name}: {number(len(found.seen))} mått, för få månader för signaler."
        return
    if not worse and not better:
        page.title = f"{found.unit.name}: inget av måtten är bättre eller sämre än vanligt."
        return
    counts = [(worse, "sämre"), (better, "bättre")]
    told = listing([f"{count_word(count)} {word}" for count, word in counts if count])
    page.title = f"{found.unit.name}: av {number(len(judged))} mått är {told} än vanligt."


def unit_measures(page: Page, measures: Sequence[str]) -> tuple[str, ...]:
    """The measures with those that the chosen unit has first: one of them is shown unless another is asked for."""
    if not one_unit(page):
        return tuple(measures)
    own = {one.indicator.id for one in _picture(page).seen}
    return tuple(sorted(measures, key=lambda name: name not in own))


def _picture(page: Page) -> Picture:
    return page.kept("picture", lambda: picture(page.facts, page.selection))


def unit_insights(page: Page, watched: Sequence[str]) -> Markup:
    """The sentences at the top: of the chosen unit's measures, or for the whole which units are out of the ordinary."""
    if not one_unit(page):
        return units_unusual(page, watched)
    seen = [one.indicator.id for one in _picture(page).seen if one.indicator.monthly]
    return insights_block(page, seen) if seen else Markup()


def unit_goals(page: Page) -> Markup:
    """The unit's own colours of the goals; nothing where it judges none, and for the whole, which Översikt shows."""
    if not one_unit(page):
        return Markup()

    def judges() -> bool:
        found = goals.tiles(page.facts, page.selection)
        return any(tile.judged.colour is not Colour.NOT_ASSESSED for tile in found)

    return goal_tiles(page) if page.kept("judges", judges) else Markup()


def unit_table(page: Page) -> Markup:
    """Every measure of the chosen unit with its level, change, signal, curve and source; nothing for the whole."""
    if not one_unit(page):
        return Markup()

    def make() -> Markup:
        found = _picture(page)
        title = f"{found.unit.name}: alla mått"
        if not found.seen:
            return plain_card("alla-matt", title, found.reason, links=ways(page)).html
        return render(
            "unit_picture.html",
            title=title,
            themes=[(name, [_row(page, one) for one in those]) for name, those in found.themes],
            period=page.selection.period,
            reports=page.facts.catalogue.reports,
            point=page.point,
            without=_without(found),
            file=file_name("enhet", found.unit.id, str(page.selection.period)),
        )

    return page.kept("unit_picture", make)


def _without(found: Picture) -> str:
    if not found.without:
        return ""
    names = [inside(one.short) for one in found.without]
    more = len(names) - NAMED
    told = listing(names) if more <= 0 else f"{', '.join(names[:NAMED])} och {number(more)} andra mått"
    return f"Saknar värde för perioden: {told}."


def _row(page: Page, seen: Seen) -> Row:
    one = seen.reading
    decimals = insights.shown_decimals(one.value.number or 0, one.indicator)
    against = one.against.number if one.against else None
    months = [month for month, _ in one.spark]
    demo = [bool(origin and origin.demo) for origin in one.spark_origins]
    return Row(
        one,
        page.href("trender", matt=one.indicator.id),
        insights.amount(one.value.number, one.indicator),
        insights.amount(against, one.indicator) if against is not None else number(None),
        insights.change_amount(one),
        (
            spreadsheet(one.value.number, decimals),
            spreadsheet(against, decimals),
            spreadsheet(one.change, insights.change_decimals(one)),
        ),
        mark_of(one.indicator, seen.latest) if seen.latest else None,
        sparkline([value for _, value in one.spark], printed_on(page, one, months), synthetic=demo),
        origins.source(one.value.origin, one.indicator.source),
    )
