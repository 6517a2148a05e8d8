"""Hur ligger vi till, och vad har ändrats sedan sist?

Ten seconds at the monthly meeting: which goals, costs and risks moved, and which to open.
"""

from dashboard import ui
from dashboard.ui.blocks.changes import changed
from dashboard.ui.blocks.insights import insights_block
from dashboard.ui.blocks.overview import deviations, goal_tiles, headline, key_figures, risk_summary


def draw(page: ui.Page) -> None:
    headline(page)
    page.put(insights_block, goal_tiles, key_figures)
    page.row(deviations, changed, risk_summary, kind="wide-first")


ui.show("oversikt", draw)
