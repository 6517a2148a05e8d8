"""Hur står det till i varje enhet?

The department's month's meeting, and whoever is responsible for one unit: where it stands, alone and among the others.
"""

from dashboard import ui
from dashboard.ui.blocks import topic
from dashboard.ui.blocks.unit_glance import units_table
from dashboard.ui.blocks.unit_picture import (
    unit_goals,
    unit_headline,
    unit_insights,
    unit_measures,
    unit_table,
)


def draw(page: ui.Page) -> None:
    board = page.facts.catalogue.board
    watched = board.unit_key_figures
    unit_headline(page, board.unit_measures, watched)
    page.put(lambda page: unit_insights(page, watched), unit_goals, unit_table)
    measures = unit_measures(page, board.unit_measures)
    page.row(
        topic.units(measures, title="Enheterna bredvid varandra"),
        topic.panels(measures),
        kind="two",
    )
    page.put(lambda page: units_table(page, watched))


ui.show("enheter", draw, own=topic.OWN)
