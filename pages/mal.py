"""Når vi målen?

The board's walk through its goals: which are reached, since when, and what lies behind each colour. Over time: what
became of each goal and indicator from report to report.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    if ui.goals_over_time(page):
        ui.goal_history_headline(page)
        page.put(ui.goal_views, ui.goal_lanes, ui.indicator_life)
        return
    ui.goals_headline(page)
    page.put(ui.goal_views, ui.goal_notice, ui.goal_glance)
    page.row(ui.goal_periods, ui.goal_months, kind="two")
    page.put(ui.judged_and_rule, ui.goal_branches)


ui.show("mal", draw, own=ui.GOAL_PARAMETERS)
