"""Når vi målen?

The board's walk through its goals: which are reached, since when, and what lies behind each colour.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.goals_headline(page)
    page.put(ui.goal_notice, ui.goal_glance)
    page.row(ui.goal_periods, ui.goal_months, kind="two")
    page.put(ui.goal_branches)


ui.show("mal", draw)
