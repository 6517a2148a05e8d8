"""Vart är varje mått på väg?

The meeting that asks whether a change lasts: any measure, any unit, and what the reports print about it.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.trend_headline(page)
    page.put(ui.trend_controls, ui.trend_card, ui.trend_notes)
    page.row(ui.trend_standing, ui.trend_about, kind="two")
    page.put(ui.trend_printed)


ui.show("trender", draw, own=ui.TREND_PARAMETERS)
