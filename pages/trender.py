"""Vart är varje mått på väg?

The meeting that asks whether a change lasts: any measure, any unit, and what the reports print about it.
"""

from dashboard import ui
from dashboard.ui.blocks.notes import trend_notes
from dashboard.ui.blocks.trend_choice import OWN
from dashboard.ui.blocks.trend_controls import trend_controls
from dashboard.ui.blocks.trends import trend_about, trend_card, trend_headline, trend_printed, trend_standing


def draw(page: ui.Page) -> None:
    trend_headline(page)
    page.put(trend_controls, trend_card, trend_notes)
    page.row(trend_standing, trend_about, kind="two")
    page.put(trend_printed)


ui.show("trender", draw, own=OWN)
