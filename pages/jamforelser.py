"""Hur står vi oss mot riket, länet och liknande kommuner?

The board that asks whether a number is high or low: the place among others, year by year; which difference to look
into.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.comparison_headline(page)
    page.put(ui.comparison_notices, ui.comparison_table)
    page.put(ui.comparison_card, ui.comparison_years)
    page.put(ui.kkik_card)
    page.row(ui.printed_comparisons, ui.fetch_card, kind="two")


ui.show("jamforelser", draw, own=ui.COMPARISON_PARAMETERS, rests_on=ui.comparison_state)
