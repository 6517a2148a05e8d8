"""The interface: pages are put together here and nowhere else."""

from dashboard.ui.application import run
from dashboard.ui.blocks.changes import changed
from dashboard.ui.blocks.economy import economy_headline, economy_table, economy_tiles
from dashboard.ui.blocks.economy_charts import economy_months
from dashboard.ui.blocks.economy_deviations import economy_deviations
from dashboard.ui.blocks.goal_branches import goal_branches
from dashboard.ui.blocks.goal_periods import goal_periods
from dashboard.ui.blocks.goals import goal_glance, goal_months, goal_notice, goals_headline
from dashboard.ui.blocks.overview import deviations, goal_tiles, headline, key_figures, risk_summary
from dashboard.ui.blocks.risk_filters import OWN as RISK_PARAMETERS
from dashboard.ui.blocks.risk_filters import risk_headline, risk_notices
from dashboard.ui.blocks.risks import risk_cards, risk_list, risk_matrix, risk_table
from dashboard.ui.blocks.trends import (
    trend_about,
    trend_card,
    trend_controls,
    trend_headline,
    trend_printed,
    trend_standing,
)
from dashboard.ui.board import assets
from dashboard.ui.navigation import CHART_PAGES
from dashboard.ui.page import Page, show

__all__ = [
    "CHART_PAGES",
    "RISK_PARAMETERS",
    "Page",
    "assets",
    "changed",
    "deviations",
    "economy_deviations",
    "economy_headline",
    "economy_months",
    "economy_table",
    "economy_tiles",
    "goal_branches",
    "goal_glance",
    "goal_months",
    "goal_notice",
    "goal_periods",
    "goal_tiles",
    "goals_headline",
    "headline",
    "key_figures",
    "risk_cards",
    "risk_headline",
    "risk_list",
    "risk_matrix",
    "risk_notices",
    "risk_summary",
    "risk_table",
    "run",
    "show",
    "trend_about",
    "trend_card",
    "trend_controls",
    "trend_headline",
    "trend_printed",
    "trend_standing",
]
