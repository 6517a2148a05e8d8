"""Hur står vi oss mot riket, länet och liknande kommuner?

The board that asks whether a number is high or low: the place among others, year by year; which difference to look
into.
"""

from dashboard import ui
from dashboard.ui.blocks.comparison_card import comparison_card, comparison_years
from dashboard.ui.blocks.comparison_source import OWN, comparison_state
from dashboard.ui.blocks.comparisons import (
    comparison_headline,
    comparison_notices,
    comparison_table,
    fetch_card,
)
from dashboard.ui.blocks.kkik import kkik_card, printed_comparisons


def draw(page: ui.Page) -> None:
    comparison_headline(page)
    page.put(comparison_notices, comparison_table)
    page.put(comparison_card, comparison_years)
    page.put(kkik_card)
    page.row(printed_comparisons, fetch_card, kind="two")


ui.show("jamforelser", draw, own=OWN, rests_on=comparison_state)
