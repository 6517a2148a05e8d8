"""Gör vi det vi har lovat?

The question before each follow-up: which assignments and measures are late, what became of the earlier ones, and
what happened meanwhile that may explain it.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.assignment_headline(page)
    page.put(
        ui.assignment_notices, ui.assignment_tallies, ui.assignment_list, ui.assignment_gone, ui.timeline_card
    )


ui.show("uppdrag", draw, own=ui.ASSIGNMENT_PARAMETERS)
