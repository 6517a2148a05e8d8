"""Sentences that say what the numbers say. Computed, never written by hand; Swedish."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dashboard.domain.model import KNOWN_COLOURS, Colour, Indicator
from dashboard.domain.text import (
    MISSING,
    Number,
    count_word,
    listing,
    millions,
    millions_apart,
    number,
    quantity,
    rounded,
)
from dashboard.measures.economy import Deviation
from dashboard.measures.goals import GoalTile
from dashboard.measures.readings import Reading
from dashboard.measures.risks import RiskBoard
from dashboard.measures.values import DECEMBER, Value
from dashboard.published import Figure

COLOUR_WORDS = {
    Colour.GREEN: "grön",
    Colour.YELLOW: "gul",
    Colour.RED: "röd",
    Colour.UNKNOWN: "okänd",
    Colour.NOT_ASSESSED: "inte bedömd",
}
HEDGED = "cirka"  # a difference of hedged numbers
_NEUTER = {Colour.RED: "rött", Colour.YELLOW: "gult"}


def amount(value: Number | None, indicator: Indicator, *, signed: bool = False) -> str:
    """A value in the indicator's unit; thousands of kronor are shown as millions.

    What is printed keeps the decimals it was printed with: a report's 11 per cent is not 11,00.
    """
    if value is None:
        return MISSING
    if indicator.unit == "tkr":
        return millions(value, signed=signed)
    return quantity(value, indicator.unit, shown_decimals(value, indicator), signed=signed)


def shown_decimals(value: Number, indicator: Indicator) -> int:
    """The decimals a value is shown with: as printed for printed ones, else the indicator's."""
    if isinstance(value, Decimal):
        return max(0, -int(value.as_tuple().exponent))
    return indicator.decimals


def printed_amount(figure: Figure, indicator: Indicator) -> str:
    """A printed value with its hedge: ``drygt 11 %``."""
    return f"{figure.qualifier} {amount(figure.value, indicator)}".strip()


def value_text(value: Value, indicator: Indicator) -> str:
    """A value as it is known: with the hedge and the decimals that the report has, if one prints it."""
    return f"{value.qualifier} {amount(value.number, indicator)}".strip()


def change_decimals(reading: Reading) -> int:
    """The decimals that the difference can be said with.

    As many as the numbers it is made of are shown with; *knappt 7* less *drygt 9* is known no better than either.
    """
    against = reading.against
    if reading.value.number is None or against is None or against.number is None:
        return reading.indicator.decimals
    shown = [shown_decimals(one, reading.indicator) for one in (reading.value.number, against.number)]
    return min(shown) if reading.hedged else max(shown)


def change_number(reading: Reading) -> str:
    """The change as a bare number for a table: ``+15``, ``cirka −2``; a dash without one."""
    if reading.change is None:
        return MISSING
    shown = number(reading.change, change_decimals(reading), signed=True)
    return f"{HEDGED} {shown}" if reading.hedged else shown


def change_amount(reading: Reading) -> str:
    """As ``change_number``, for a table of amounts: thousands of kronor in millions, as the amounts themselves are."""
    against = reading.against.number if reading.against else None
    if reading.indicator.unit != "tkr" or reading.change is None:
        return change_number(reading)
    if reading.value.number is None or against is None:
        return MISSING
    shown = millions(millions_apart(reading.value.number, against), signed=True)
    return f"{HEDGED} {shown}" if reading.hedged else shown


def headline(tiles: Sequence[GoalTile], forecast: Reading | None) -> str:
    """How it goes, in one or two sentences: the goals' colours, then the forecast when it says something."""
    return " ".join(part for part in (_goals(tiles), _forecast(forecast) if forecast else "") if part)


def _goals(tiles: Sequence[GoalTile]) -> str:
    known = [tile for tile in tiles if tile.judged.colour in KNOWN_COLOURS]
    if not known:
        return "Ingen bedömning av målen finns för perioden."
    green = [tile for tile in known if tile.judged.colour is Colour.GREEN]
    if len(green) == len(known) == len(tiles):
        return f"Alla {count_word(len(tiles))} mål är gröna."
    if green:
        verb = "är gröna" if len(green) > 1 else "är grönt"
        first = f"{count_word(len(green)).capitalize()} av {count_word(len(tiles))} mål {verb}."
    else:
        first = f"Inget av {count_word(len(tiles))} mål är grönt."
    worse = [tile for tile in known if tile.judged.colour is not Colour.GREEN]
    if not worse:
        return first
    parts = [f"{tile.goal.short} är {_NEUTER[tile.judged.colour]}" for tile in worse]
    return f"{first} Målet {listing(parts)}."


def _forecast(forecast: Reading) -> str:
    value = forecast.value.number
    if value is None:
        return ""
    what = "Utfallet blev" if is_closed(forecast) else "Prognosen är"
    if value == 0:
        return f"{what} lika med budget."
    if value < 0:
        return f"{what} {millions(-value)} sämre än budget."
    return f"{what} {millions(value)} bättre än budget."


def is_closed(forecast: Reading) -> bool:
    """Whether the year has closed, so that the number is its outcome: printed as such, or its December's."""
    figures = forecast.value.figures
    if figures:
        return figures[0].indicator == forecast.indicator.when_closed
    last = forecast.value.period.end
    return (
        bool(forecast.indicator.when_closed) and last.number == DECEMBER and forecast.value.number is not None
    )


def change_text(reading: Reading) -> str:
    """``+15 mot 374`` with the unit of the change; the reason when there is nothing to compare with."""
    against = reading.against
    if against is None:
        words = reading.indicator.target_text
        return f"mål: {words[:1].lower()}{words[1:]}" if words else "inget mål är satt"
    if reading.change is None:
        return against.reason or "ingen jämförelse"
    return f"{_difference(reading, against)} mot {compared(reading, against)}{_elsewhere(reading, against)}"


def _difference(reading: Reading, against: Value) -> str:
    """The difference of the two numbers as they are shown, in thousands or in millions."""
    if reading.change is None or reading.value.number is None or against.number is None:
        return MISSING
    unit, hedge = reading.indicator.unit, f"{HEDGED} " if reading.hedged else ""
    if unit == "tkr":
        difference = millions_apart(reading.value.number, against.number)
        return f"{hedge}{millions(difference, signed=True)}" if difference else f"{hedge}oförändrat"
    decimals = change_decimals(reading)
    if rounded(reading.change, decimals) == 0:
        return f"{hedge}oförändrat"
    if unit == "procent":
        unit = "procentenhet" if abs(reading.change) == 1 else "procentenheter"
    return f"{hedge}{quantity(reading.change, unit, decimals, signed=True)}"


def _elsewhere(reading: Reading, against: Value) -> str:
    """The period of what it is held against, where the filter says another."""
    return f" ({against.period.label})" if reading.elsewhere else ""


def compared(reading: Reading, against: Value) -> str:
    """What the value is held against, with the hedge that the report puts on it."""
    if reading.indicator.unit == "tkr":
        return millions(against.number)
    if against.number is None:
        return MISSING
    shown = number(against.number, shown_decimals(against.number, reading.indicator))
    return f"{against.qualifier} {shown}".strip()


def deviation_sentence(deviations: Sequence[Deviation]) -> str:
    """Who stands for the shortfall, as a share where that says something."""
    if not deviations:
        return "Inga avvikelser att visa."
    below = [one for one in deviations if one.value < 0]
    total = sum(one.value for one in below)
    if not below:
        return "Ingen del ligger sämre till än budget."
    worst = below[0]
    if len(below) == 1:
        return f"{worst.label} står för hela underskottet, {millions(abs(worst.value))}."
    share = quantity(100 * worst.value / total, "procent", 0)
    return f"{worst.label} står för {share} av underskotten på {millions(abs(total))}."


def risk_sentence(board: RiskBoard) -> str:
    """The top risk and how many stand at red."""
    if not board.risks:
        return board.reason or "Inga risker är rapporterade."
    top = board.risks[0]
    text = f"Högst är {top.risk.short or top.risk.name} med värdet {top.now.value}."
    up = sum(1 for view in board.risks if (view.movement or 0) > 0)
    down = sum(1 for view in board.risks if (view.movement or 0) < 0)
    if board.compared_with is None or up + down == 0:
        return text
    total = count_word(len(board.risks))
    parts = [f"{_of(up, total)} har ökat"] if up else []
    parts += [f"{_of(down, '' if up else total)} har minskat"] if down else []
    return f"{text} {listing(parts).capitalize()} sedan {board.compared_with.short}."


def _of(count: int, total: str) -> str:
    word = count_word(count, common=True)
    return f"{word} av {total} risker" if total else word
