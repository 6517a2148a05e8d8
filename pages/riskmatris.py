"""Vad hotar målen, och biter åtgärderna?

The question before each decision: which risk to act on, and whether what is done helps.
"""

from dashboard import ui


def draw(page: ui.Page) -> None:
    ui.risk_headline(page)
    page.put(ui.risk_notices)
    page.row(ui.risk_matrix, ui.risk_list, kind="matrix-row")
    page.put(ui.risk_cards, ui.risk_table)


ui.show("riskmatris", draw, own=ui.RISK_PARAMETERS)
