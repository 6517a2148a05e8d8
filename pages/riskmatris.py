"""Vad hotar målen, och biter åtgärderna?

The question before each decision: which risk to act on, and whether what is done helps.
"""

from dashboard import ui
from dashboard.ui.blocks.risk_filters import OWN, risk_headline, risk_notices
from dashboard.ui.blocks.risk_months import risk_month
from dashboard.ui.blocks.risks import risk_cards, risk_list, risk_matrix, risk_table


def draw(page: ui.Page) -> None:
    risk_headline(page)
    page.put(risk_notices, risk_month)
    page.row(risk_matrix, risk_list, kind="matrix-row")
    page.put(risk_cards, risk_table)


ui.show("riskmatris", draw, own=OWN)
