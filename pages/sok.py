"""Var står det?

A number in a printed report, a name someone mentions in the meeting: where it stands, and what is known about it.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.search_headline(page)
    page.put(ui.search_field, ui.search_results)


ui.show("sok", draw, own=ui.SEARCH_PARAMETERS)
