"""Vad säger rapporterna, och stämmer det?

The member who points at a number in the printed report, and the one who doubts a number here: each table as printed,
and for every number the line it stands on, what it means and what contradicts it.
"""

from dashboard import ui
from dashboard.ui.blocks.reports import OWN, report_body, report_choice, report_headline, report_side


def draw(page: ui.Page) -> None:
    report_headline(page)
    page.put(report_choice)
    page.row(report_body, report_side, kind="report-row")


ui.show("rapporter", draw, own=OWN)
