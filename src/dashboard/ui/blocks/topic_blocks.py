"""The blocks of a topic page from what the catalogue says of each."""

from __future__ import annotations

from functools import partial
from typing import assert_never

from markupsafe import Markup

from dashboard.domain import topic
from dashboard.ui.blocks.topic_breakdown import breakdown
from dashboard.ui.blocks.topic_cards import Block, monthly, parts
from dashboard.ui.blocks.topic_flow import flows
from dashboard.ui.blocks.topic_panels import panels
from dashboard.ui.blocks.topic_printed import printed, sums
from dashboard.ui.blocks.topic_units import units
from dashboard.ui.page import Page


def block_of(one: topic.Block) -> Block:
    match one:
        case topic.Monthly():
            made = monthly(one.indicator, months=one.months)
        case topic.Parts():
            made = parts(one.key, one.title, one.indicators, months=one.months)
        case topic.Units():
            made = units(one.indicators, key=one.key, title=one.title, param=one.param)
        case topic.Panels():
            made = panels(one.indicators, key=one.key, title=one.title, param=one.param)
        case topic.Breakdown():
            made = breakdown(one.key, one.title, one.head, one.whole, one.rows)
        case topic.Flows():
            made = flows(one.key, one.title, one.came, one.left, one.stock, months=one.months)
        case topic.Sums():
            made = sums(one.indicators, key=one.key, title=one.title)
        case topic.Printed():
            made = printed(one.indicators, key=one.key, title=one.title, ever=one.ever, beside=one.beside)
        case topic.PlacementSplit():
            made = partial(_cost, parts=False)
        case topic.PlacementSplitParts():
            made = partial(_cost, parts=True)
        case _:
            assert_never(one)
    return made


def _cost(page: Page, *, parts: bool) -> Markup:
    # Brings the blocks of Ekonomi with it, which most topic pages have no use for.
    from dashboard.ui.blocks.placement_split import placement_split, placement_split_parts

    return (placement_split_parts if parts else placement_split)(page, page.selection)
