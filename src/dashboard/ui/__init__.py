"""The interface: pages are put together here and nowhere else."""

from dashboard.ui.application import run
from dashboard.ui.blocks.overview import changed, deviations, goal_tiles, headline, key_figures, risk_summary
from dashboard.ui.board import assets
from dashboard.ui.page import Page, show

__all__ = [
    "Page",
    "assets",
    "changed",
    "deviations",
    "goal_tiles",
    "headline",
    "key_figures",
    "risk_summary",
    "run",
    "show",
]
