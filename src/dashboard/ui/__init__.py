"""The interface: pages are put together here and nowhere else."""

from dashboard.ui.application import run
from dashboard.ui.blocks.goals import (
    goal_branches,
    goal_glance,
    goal_months,
    goal_notice,
    goal_periods,
    goals_headline,
)
from dashboard.ui.blocks.overview import changed, deviations, goal_tiles, headline, key_figures, risk_summary
from dashboard.ui.board import assets
from dashboard.ui.navigation import CHART_PAGES
from dashboard.ui.page import Page, show

__all__ = [
    "CHART_PAGES",
    "Page",
    "assets",
    "changed",
    "deviations",
    "goal_branches",
    "goal_glance",
    "goal_months",
    "goal_notice",
    "goal_periods",
    "goals_headline",
    "goal_tiles",
    "headline",
    "key_figures",
    "risk_summary",
    "run",
    "show",
]
