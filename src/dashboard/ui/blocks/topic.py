"""Topic pages: a question, the sentences that answer it, key figures, and sections of cards.

What a page shows is the catalogue's (``topics/<page>.toml``); everything here is about whatever it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from dashboard.domain.text import listing
from dashboard.domain.topic import MEASURE, Section, Topic
from dashboard.insights.words import inside
from dashboard.measures.by_unit import by_unit, read_ahead
from dashboard.measures.readings import Reading, readings
from dashboard.ui.blocks import insights
from dashboard.ui.blocks.cards import plain_card
from dashboard.ui.blocks.overview import key_row
from dashboard.ui.blocks.topic_blocks import block_of
from dashboard.ui.blocks.topic_cards import Block, ways
from dashboard.ui.blocks.topic_choice import ORDER
from dashboard.ui.blocks.topic_panels import panels
from dashboard.ui.blocks.topic_units import units
from dashboard.ui.blocks.trend_choice import standing
from dashboard.ui.page import Page, show
from dashboard.ui.render import render

__all__ = ["OWN", "page", "panels", "units"]

OWN = (MEASURE, ORDER)
MOST_WAYS = 4


def page(page_id: str) -> None:
    """Show the topic page that the catalogue describes under ``topics/<page_id>.toml``."""
    show(page_id, draw, own=lambda catalogue: own_of(catalogue.topic(page_id)))


def own_of(topic: Topic) -> tuple[str, ...]:
    """The parameters of the address that are the page's own."""
    return (*OWN, *(name for name in topic.params if name not in OWN))


def draw(page: Page) -> None:
    """The headline, what matters now, the key figures, and the sections. Raises SelectionError without a file."""
    topic = page.facts.catalogue.topic(page.info.id)
    headline(page, topic)
    page.put(
        lambda page: insights_block(page, topic.figures), key_figures(topic.figures), sections(topic.sections)
    )


def headline(page: Page, topic: Topic) -> None:
    """Set the title to where the first key figure that has a value stands.

    Everything that the page draws is read here, in one query.
    """
    read_ahead(page.facts, topic.followed, page.selection)
    found = _readings(page, topic.figures)
    said = next((one for one in found if one.value.number is not None), found[0])
    page.title = standing(said, page.selection)
    page.rest_on(said)
    page.lead = page.info.question


def _readings(page: Page, indicators: Sequence[str]) -> tuple[Reading, ...]:
    return page.kept("readings", lambda: readings(page.facts, indicators, page.selection), *indicators)


def insights_block(page: Page, indicators: Sequence[str]) -> Markup:
    """What matters now among the measures, as sentences.

    Nothing where none of them has a value: the page says why further down.
    """
    if not any(_has_numbers(one) for one in _readings(page, indicators)):
        return Markup()
    return insights.insights_block(page, indicators)


def key_figures(indicators: Sequence[str]) -> Block:
    """A row of cards: value, change, curve and source of each measure; none where no measure has a value."""

    def make(page: Page) -> Markup:
        found = _readings(page, indicators)
        return key_row(page, found) if any(_has_numbers(one) for one in found) else Markup()

    return lambda page: page.kept("key_figures", lambda: make(page), *indicators)


def sections(asked: Sequence[Section]) -> Block:
    """The sections below each other. Those with nothing for the unit share one plain sentence a reason, first."""

    def block(page: Page) -> Markup:
        drawn, empty = [], dict[str, list[Section]]()
        for one in asked:
            found = _readings(page, one.about) if one.about else ()
            if not found or any(_has_numbers(reading) for reading in found):
                cells = [[block_of(each)(page) for each in row] for row in one.rows]
                drawn.append(render("topic_section.html", key=one.key, title=one.title, rows=cells))
            else:
                empty.setdefault(found[0].value.reason, []).append(one)
        missing = [
            page.kept("nothing", partial(_nothing, page, reason, those), reason)
            for reason, those in empty.items()
        ]
        return Markup("\n").join([*missing, *drawn])

    return block


def _has_numbers(one: Reading) -> bool:
    return bool(one.value.figures) or any(value is not None for _, value in one.spark)


def _nothing(page: Page, reason: str, those: Sequence[Section]) -> Markup:
    """Why the sections are empty, and which units have what they show."""
    whole = replace(page.selection, unit=page.facts.catalogue.root)
    links = list(ways(page))
    names = dict.fromkeys(
        (row.unit.id, row.unit.short)
        for one in those
        for row in by_unit(page.facts, one.about[0], whole).smallest
        if row.unit.id != page.selection.unit
    )
    for unit, name in list(names)[:MOST_WAYS]:
        links.append((f"Visa {name}", page.query.href(page.info.path, keep_own=True, enhet=unit)))
    title = listing([those[0].title, *(inside(one.title) for one in those[1:])])
    return plain_card(f"utan-{those[0].key}", title, reason, links=links).html
