"""Ekonomi, volume and price: the split of the placements' cost for the period as the accounts read it."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from dashboard.domain.selection import Selection
from dashboard.ui.blocks.economy_subject import subject
from dashboard.ui.blocks.placement_split import placement_split, placement_split_parts, split_title
from dashboard.ui.page import Page


def _selection(page: Page) -> Selection:
    """Placements are followed for units that the accounts do not have as well: the unit stays, the period is theirs."""
    about = subject(page)
    return replace(page.selection, period=about.reading.period)


def costs_headline(page: Page) -> None:
    page.lead = subject(page).reading.said
    page.title = page.kept("costs_title", lambda: split_title(page, _selection(page)))


def economy_split(page: Page) -> Markup:
    return placement_split(page, _selection(page))


def economy_split_parts(page: Page) -> Markup:
    return placement_split_parts(page, _selection(page))
