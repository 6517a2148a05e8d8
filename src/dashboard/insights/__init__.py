"""What the numbers say, in Swedish sentences. Computed, never written by hand.

``sentences`` words one number or one table; ``collect`` picks the few that matter now, by the rule in ``ranking``.
"""

from dashboard.insights.collect import Found, insights, needed
from dashboard.insights.judged import told
from dashboard.insights.ranking import MOST_SHOWN, Insight, Kind, Target, Weight, chosen
from dashboard.insights.sentences import (
    COLOUR_WORDS,
    amount,
    change_amount,
    change_decimals,
    change_number,
    change_text,
    compared,
    deviation_sentence,
    headline,
    is_closed,
    printed_amount,
    risk_sentence,
    shown_decimals,
    value_text,
)
from dashboard.insights.standing import Standing, Still

__all__ = [
    "COLOUR_WORDS",
    "MOST_SHOWN",
    "Found",
    "Insight",
    "Kind",
    "Standing",
    "Still",
    "Target",
    "Weight",
    "amount",
    "change_amount",
    "change_decimals",
    "change_number",
    "change_text",
    "chosen",
    "compared",
    "deviation_sentence",
    "headline",
    "insights",
    "is_closed",
    "needed",
    "printed_amount",
    "risk_sentence",
    "shown_decimals",
    "told",
    "value_text",
]
