"""Var står det?

A number in a printed report, a name someone mentions in the meeting: where it stands, and what is known about it.
"""

from dashboard import ui
from dashboard.ui.blocks.search import OWN, search_field, search_headline, search_results


def draw(page: ui.Page) -> None:
    search_headline(page)
    page.put(search_field, search_results)


ui.show("sok", draw, own=OWN)
