"""The interface: pages are put together here and nowhere else."""

from dashboard.ui.application import run
from dashboard.ui.blocks import topic
from dashboard.ui.blocks.assignment_filters import OWN as ASSIGNMENT_PARAMETERS
from dashboard.ui.blocks.assignment_filters import assignment_headline, assignment_notices
from dashboard.ui.blocks.assignments import assignment_gone, assignment_list, assignment_tallies
from dashboard.ui.blocks.changes import changed
from dashboard.ui.blocks.comparison_card import comparison_card, comparison_years
from dashboard.ui.blocks.comparison_source import OWN as COMPARISON_PARAMETERS
from dashboard.ui.blocks.comparison_source import comparison_state
from dashboard.ui.blocks.comparisons import (
    comparison_headline,
    comparison_notices,
    comparison_table,
    fetch_card,
)
from dashboard.ui.blocks.data_changes import changes_choice, changes_headline, changes_table
from dashboard.ui.blocks.data_delivery import delivery_headline, delivery_questions, delivery_state
from dashboard.ui.blocks.data_files import delivery_files
from dashboard.ui.blocks.data_lineage import (
    entry_card,
    entry_headline,
    lineage_card,
    lineage_feeds,
    lineage_headline,
)
from dashboard.ui.blocks.data_mapping import explain_form, explain_headline, explain_sheet
from dashboard.ui.blocks.data_overview import (
    data_headline,
    data_matrix,
    delivery_log,
    month_checklist,
    template_card,
    upload_card,
)
from dashboard.ui.blocks.data_preview import delivery_load, delivery_preview
from dashboard.ui.blocks.data_source import (
    CHANGED,
    DELIVERY,
    EXPLAINED,
    LINEAGE,
    LOGGED,
    data_state,
    data_view,
)
from dashboard.ui.blocks.data_source import OWN as DATA_PARAMETERS
from dashboard.ui.blocks.disagreements import judged_and_rule
from dashboard.ui.blocks.economy import economy_headline, economy_table, economy_tiles
from dashboard.ui.blocks.economy_charts import economy_months
from dashboard.ui.blocks.economy_costs import costs_headline, economy_split, economy_split_parts
from dashboard.ui.blocks.economy_deviations import economy_deviations
from dashboard.ui.blocks.economy_forecast import forecast_headline, forecast_parts, forecast_ways
from dashboard.ui.blocks.economy_forecast_chart import forecast_charts
from dashboard.ui.blocks.economy_ledger import ledger_chart, ledger_headline
from dashboard.ui.blocks.economy_ledger_table import ledger_printed
from dashboard.ui.blocks.economy_views import COSTS, FORECASTS, LEDGER, economy_view, economy_views
from dashboard.ui.blocks.economy_views import OWN as ECONOMY_PARAMETERS
from dashboard.ui.blocks.economy_what_if import what_if_card
from dashboard.ui.blocks.goal_branches import goal_branches
from dashboard.ui.blocks.goal_history import OWN as GOAL_PARAMETERS
from dashboard.ui.blocks.goal_history import goal_history_headline, goal_lanes, goal_views
from dashboard.ui.blocks.goal_history import over_time as goals_over_time
from dashboard.ui.blocks.goal_periods import goal_periods
from dashboard.ui.blocks.goals import goal_glance, goal_months, goal_notice, goals_headline
from dashboard.ui.blocks.indicator_life import indicator_life
from dashboard.ui.blocks.insights import insights_block
from dashboard.ui.blocks.kkik import kkik_card, printed_comparisons
from dashboard.ui.blocks.notes import trend_notes
from dashboard.ui.blocks.overview import deviations, goal_tiles, headline, key_figures, risk_summary
from dashboard.ui.blocks.placement_split import placement_split, placement_split_parts
from dashboard.ui.blocks.reports import OWN as REPORT_PARAMETERS
from dashboard.ui.blocks.reports import report_body, report_choice, report_headline, report_side
from dashboard.ui.blocks.risk_filters import OWN as RISK_PARAMETERS
from dashboard.ui.blocks.risk_filters import risk_headline, risk_notices
from dashboard.ui.blocks.risks import risk_cards, risk_list, risk_matrix, risk_table
from dashboard.ui.blocks.search import OWN as SEARCH_PARAMETERS
from dashboard.ui.blocks.search import search_field, search_headline, search_results
from dashboard.ui.blocks.timeline import timeline_card
from dashboard.ui.blocks.trend_choice import OWN as TREND_PARAMETERS
from dashboard.ui.blocks.trend_controls import trend_controls
from dashboard.ui.blocks.trends import (
    trend_about,
    trend_card,
    trend_headline,
    trend_printed,
    trend_standing,
)
from dashboard.ui.blocks.unit_glance import units_table
from dashboard.ui.blocks.unit_picture import (
    unit_goals,
    unit_headline,
    unit_insights,
    unit_measures,
    unit_table,
)
from dashboard.ui.board import assets
from dashboard.ui.navigation import CHART_PAGES
from dashboard.ui.outside import page_of
from dashboard.ui.page import Page, show

__all__ = [
    "ASSIGNMENT_PARAMETERS",
    "CHANGED",
    "CHART_PAGES",
    "COMPARISON_PARAMETERS",
    "COSTS",
    "DATA_PARAMETERS",
    "DELIVERY",
    "ECONOMY_PARAMETERS",
    "EXPLAINED",
    "FORECASTS",
    "GOAL_PARAMETERS",
    "LEDGER",
    "LINEAGE",
    "LOGGED",
    "REPORT_PARAMETERS",
    "RISK_PARAMETERS",
    "SEARCH_PARAMETERS",
    "TREND_PARAMETERS",
    "Page",
    "assets",
    "assignment_gone",
    "assignment_headline",
    "assignment_list",
    "assignment_notices",
    "assignment_tallies",
    "changed",
    "changes_choice",
    "changes_headline",
    "changes_table",
    "comparison_card",
    "comparison_headline",
    "comparison_notices",
    "comparison_state",
    "comparison_table",
    "comparison_years",
    "costs_headline",
    "data_headline",
    "data_matrix",
    "data_state",
    "data_view",
    "delivery_files",
    "delivery_headline",
    "delivery_load",
    "delivery_log",
    "delivery_preview",
    "delivery_questions",
    "delivery_state",
    "deviations",
    "economy_deviations",
    "economy_headline",
    "economy_months",
    "economy_split",
    "economy_split_parts",
    "economy_table",
    "economy_tiles",
    "economy_view",
    "economy_views",
    "entry_card",
    "entry_headline",
    "explain_form",
    "explain_headline",
    "explain_sheet",
    "fetch_card",
    "forecast_charts",
    "forecast_headline",
    "forecast_parts",
    "forecast_ways",
    "goal_branches",
    "goal_glance",
    "goal_history_headline",
    "goal_lanes",
    "goal_months",
    "goal_notice",
    "goal_periods",
    "goal_tiles",
    "goal_views",
    "goals_headline",
    "goals_over_time",
    "headline",
    "indicator_life",
    "insights_block",
    "judged_and_rule",
    "key_figures",
    "kkik_card",
    "ledger_chart",
    "ledger_headline",
    "ledger_printed",
    "lineage_card",
    "lineage_feeds",
    "lineage_headline",
    "month_checklist",
    "page_of",
    "placement_split",
    "placement_split_parts",
    "printed_comparisons",
    "report_body",
    "report_choice",
    "report_headline",
    "report_side",
    "risk_cards",
    "risk_headline",
    "risk_list",
    "risk_matrix",
    "risk_notices",
    "risk_summary",
    "risk_table",
    "run",
    "search_field",
    "search_headline",
    "search_results",
    "show",
    "template_card",
    "timeline_card",
    "topic",
    "trend_about",
    "trend_card",
    "trend_controls",
    "trend_headline",
    "trend_notes",
    "trend_printed",
    "trend_standing",
    "unit_goals",
    "unit_headline",
    "unit_insights",
    "unit_measures",
    "unit_table",
    "units_table",
    "upload_card",
    "what_if_card",
]
