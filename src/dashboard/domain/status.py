"""Colours by rule and the direction of a change.

Sources: *Delårsrapport 2 2024*, section 2 (economy: green at 100 per cent of budget or better, yellow within
two per cent worse, red beyond) and section 5.1 (measures); *Tertial 2 2025*, the risk section.
"""

from __future__ import annotations

from enum import StrEnum

from dashboard.domain.model import Colour, Direction
from dashboard.domain.text import Number, is_missing


class Verdict(StrEnum):
    """What a change means for the goal."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    NEUTRAL = "neutral"  # changed, but neither way is good


def verdict(change: Number | None, direction: Direction) -> Verdict | None:
    """A change in the measure's own unit → what it means; None without a change to judge."""
    if change is None or is_missing(change):
        return None
    if change == 0:
        return Verdict.UNCHANGED
    if direction is Direction.NEUTRAL:
        return Verdict.NEUTRAL
    return Verdict.BETTER if (change > 0) == (direction is Direction.HIGHER) else Verdict.WORSE


def against_target(
    value: Number | None, target: Number | None, direction: Direction, tolerance: float = 0.05
) -> Colour:
    """Green when the target is met, yellow within ``tolerance`` (share of the target) beyond it, else red.

    Without value, target or direction the answer is *not assessed*: grey is never yellow.
    """
    if value is None or target is None or is_missing(value) or is_missing(target):
        return Colour.NOT_ASSESSED
    if direction is Direction.NEUTRAL:
        return Colour.NOT_ASSESSED
    shortfall = (
        float(target) - float(value) if direction is Direction.HIGHER else float(value) - float(target)
    )
    if shortfall <= 0:
        return Colour.GREEN
    return Colour.YELLOW if shortfall <= abs(float(target)) * tolerance else Colour.RED


def economy(result: Number | None, budget: Number | None, yellow: float = 0.02) -> Colour:
    """Result against budget, both in tkr with costs negative: −333 881 against −308 853 is red.

    Green when the result is no worse than budget; yellow when the shortfall is at most ``yellow`` of the
    budget's size; red beyond. A shortfall on a zero budget is red.
    """
    if result is None or budget is None or is_missing(result) or is_missing(budget):
        return Colour.NOT_ASSESSED
    shortfall = float(budget) - float(result)
    if shortfall <= 0:
        return Colour.GREEN
    return Colour.YELLOW if shortfall <= abs(float(budget)) * yellow else Colour.RED


def pulse(value: Number | None, green: float = 5.0, yellow: float = 3.0) -> Colour:
    """Pulsmätaren, scale 1-6: green from five, yellow from three, red below."""
    if value is None or is_missing(value):
        return Colour.NOT_ASSESSED
    if value >= green:
        return Colour.GREEN
    return Colour.YELLOW if value >= yellow else Colour.RED
