"""The published layer: what the reports print, row by row, each row with its place in the source.

``load`` reads ``data/published/*.csv`` and checks every cell. All faults are reported at once, each with
file, row (as an editor counts them, the header is row 1), column and what was expected. What a cell may hold
is said by the annotations of the row classes: a type and the check that makes it out of text.
"""

from dashboard.published.cut import without
from dashboard.published.load import load
from dashboard.published.references import references
from dashboard.published.rows import (
    Apart,
    Assessment,
    Assignment,
    Contradiction,
    Event,
    Figure,
    GoalRow,
    Published,
    Retelling,
    RiskMention,
    RiskRow,
)

__all__ = [
    "Apart",
    "Assessment",
    "Assignment",
    "Contradiction",
    "Event",
    "Figure",
    "GoalRow",
    "Published",
    "Retelling",
    "RiskMention",
    "RiskRow",
    "load",
    "references",
    "without",
]
