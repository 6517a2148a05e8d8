"""Når vi målen?

The board's walk through its goals: which are reached, since when, and what lies behind each colour. Over time: what
became of each goal and indicator from report to report.
"""

from dashboard import ui
from dashboard.ui.blocks.disagreements import judged_and_rule
from dashboard.ui.blocks.goal_branches import goal_branches
from dashboard.ui.blocks.goal_history import OWN, goal_history_headline, goal_lanes, goal_views, over_time
from dashboard.ui.blocks.goal_periods import goal_periods
from dashboard.ui.blocks.goals import goal_glance, goal_months, goal_notice, goals_headline
from dashboard.ui.blocks.indicator_life import indicator_life


def draw(page: ui.Page) -> None:
    if over_time(page):
        goal_history_headline(page)
        page.put(goal_views, goal_lanes, indicator_life)
        return
    goals_headline(page)
    page.put(goal_views, goal_notice, goal_glance)
    page.row(goal_periods, goal_months, kind="two")
    page.put(judged_and_rule, goal_branches)


ui.show("mal", draw, own=OWN)
