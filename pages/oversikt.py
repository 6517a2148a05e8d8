"""Hur ligger vi till, och vad har ändrats sedan sist?

Ten seconds at the monthly meeting: which goals, costs and risks moved, and which to open.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.headline(page)
    page.put(ui.insights_block, ui.goal_tiles, ui.key_figures)
    page.row(ui.deviations, ui.changed, ui.risk_summary, kind="wide-first")


ui.show("oversikt", draw)
