"""Risk values and where they stand in the five-by-five matrix.

Source: *Tertial 2 2025*, section Risker: probability × consequence on scales 1-5, reported at 15 and above.
Colours: value at most 4 green, 5-12 yellow, 15 and above red (no product of two such numbers is 13 or 14).
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.model import Colour

SCALE = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale: its number, its word and what it stands for."""

    number: int
    word: str
    meaning: str


# Source of both scales: *Delårsrapport 2 2024*, section 5.1.
PROBABILITY = (
    Step(1, "Mycket låg", "troligen inte inom fem år"),
    Step(2, "Låg", "inom två till fem år"),
    Step(3, "Måttlig", "under året"),
    Step(4, "Hög", "flera gånger per år"),
    Step(5, "Mycket hög", "varje månad"),
)
CONSEQUENCE = (
    Step(1, "Försumbar", "saknar betydelse"),
    Step(2, "Måttlig", "liten betydelse"),
    Step(3, "Betydande", "märkbar påverkan"),
    Step(4, "Allvarlig", "stor påverkan"),
    Step(5, "Katastrofal", "mycket stor påverkan"),
)


def value(probability: int, consequence: int) -> int:
    """Probability × consequence. Raises ValueError outside 1-5."""
    if probability not in SCALE or consequence not in SCALE:
        raise ValueError(f"probability and consequence are whole numbers 1-5: {probability}, {consequence}")
    return probability * consequence


def colour(risk_value: int, yellow: int = 5, red: int = 15) -> Colour:
    if risk_value >= red:
        return Colour.RED
    return Colour.YELLOW if risk_value >= yellow else Colour.GREEN


def factors(risk_value: int) -> tuple[tuple[int, int], ...]:
    """Every (probability, consequence) that gives the value; one pair means the cell is certain.

    A report that prints only the value 16 places its risk; 20 leaves two cells open.
    """
    return tuple((p, c) for p in SCALE for c in SCALE if p * c == risk_value)


def cell(risk_value: int) -> tuple[int, int] | None:
    """The cell when the value alone decides it, else None."""
    pairs = factors(risk_value)
    return pairs[0] if len(pairs) == 1 else None


def order(risk_value: int, consequence: int | None) -> tuple[int, int]:
    """Sort key: highest value first, ties by consequence."""
    return (-risk_value, -(consequence or 0))
