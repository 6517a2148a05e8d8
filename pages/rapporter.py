"""Vad säger rapporterna, och stämmer det?

The member who points at a number in the printed report, and the one who doubts a number here: each table as printed,
and for every number the line it stands on, what it means and what contradicts it.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.report_headline(page)
    page.put(ui.report_choice)
    page.row(ui.report_body, ui.report_side, kind="report-row")


ui.show("rapporter", draw, own=ui.REPORT_PARAMETERS)
