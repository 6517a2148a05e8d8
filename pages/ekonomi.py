"""Håller pengarna, och var avviker vi?

The controller's and the board's page: the report's own table, who deviates, and how the forecast has moved.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.economy_headline(page)
    page.put(ui.economy_tiles, ui.economy_table)
    page.put(ui.economy_deviations, ui.economy_months)


ui.show("ekonomi", draw)
