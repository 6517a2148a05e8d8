"""Gör vi det vi har lovat?

The question before each follow-up: which assignments and measures are late, what became of the earlier ones, and
what happened meanwhile that may explain it.
"""

from dashboard import ui
from dashboard.ui.blocks.assignment_filters import OWN, assignment_headline, assignment_notices
from dashboard.ui.blocks.assignments import assignment_gone, assignment_list, assignment_tallies
from dashboard.ui.blocks.timeline import timeline_card


def draw(page: ui.Page) -> None:
    assignment_headline(page)
    page.put(assignment_notices, assignment_tallies, assignment_list, assignment_gone, timeline_card)


ui.show("uppdrag", draw, own=OWN)
