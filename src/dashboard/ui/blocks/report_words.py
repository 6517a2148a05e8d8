"""How a printed thing is written on screen: its value as printed, and what kind of thing it is."""

from __future__ import annotations

from dashboard.catalogue import Texts
from dashboard.domain.model import Colour
from dashboard.domain.periods import Month
from dashboard.domain.text import number, quantity
from dashboard.measures.provenance import Row
from dashboard.measures.search_entries import ASSIGNMENT_WORDS, EVENT_WORDS
from dashboard.published import (
    Assessment,
    Assignment,
    Event,
    Figure,
    GoalRow,
    Retelling,
    RiskMention,
    RiskRow,
)
from dashboard.ui.render import STATUS_SHAPES, STATUS_WORDS

MEASURES = {
    "utfall": "Utfall",
    "mal": "Mål",
    "budget": "Budget",
    "avvikelse": "Avvikelse mot budget",
    "prognos": "Prognos för helåret",
    "helarsbudget": "Budget för helåret",
    "prognosavvikelse": "Prognosens avvikelse mot budget",
    "avvikelse-foregaende-ar": "Skillnad mot året före",
    "utfall-foregaende-ar": "Utfall året före",
    "forandring": "Förändring",
    "jamforelse": "Andras värde",
    "grans": "Gräns i en skala eller regel",
}
ASSESSMENTS = {
    "goal": "Bedömning av ett mål",
    "namndmal": "Bedömning av ett nämndmål",
    "indicator": "Bedömning av en indikator",
    "listed": "Indikator som följs upp",
    "plan": "Indikator i en plan",
    "unit_share": "Andel av enheterna",
}
UNCOLOURED = frozenset({"listed", "plan", "unit_share"})  # named or counted, not judged
# What reports write of their measures in words instead of colours: (shape, class).
PROGRESS = {"done": ("✓", "green"), "ongoing": ("▶", "ongoing")}
PROGRESS_WORDS = {"done": "Klar", "ongoing": "Pågående"}


def decimals(figure: Figure) -> int:
    """As many as are printed."""
    return max(0, -int(figure.value.as_tuple().exponent))


def printed(figure: Figure) -> str:
    """The value with its printed decimals and sign."""
    return number(figure.value, decimals(figure))


def hedged(figure: Figure) -> str:
    """The value with hedge and unit: *drygt 11 %*."""
    return f"{figure.qualifier} {quantity(figure.value, figure.unit, decimals(figure))}".strip()


def status_look(status: str, label: str = "") -> tuple[str, str, str]:
    """(class, shape, word) of an assignment's status; the report's own word goes before ours."""
    if status in PROGRESS:
        shape, look = PROGRESS[status]
        return look, shape, label[:1].upper() + label[1:] or PROGRESS_WORDS[status]
    if status == Colour.NOT_ASSESSED:
        return status, STATUS_SHAPES[Colour.NOT_ASSESSED], "Ingen status"
    return status, STATUS_SHAPES[Colour(status)], STATUS_WORDS[Colour(status)]


def kind_of(row: Row, texts: Texts) -> str:
    """What kind of thing a row is, in words."""
    match row:
        case Figure():
            return MEASURES[row.measure]
        case Assessment():
            return ASSESSMENTS[row.subject_kind]
        case Assignment():
            return ASSIGNMENT_WORDS[row.kind]
        case Event():
            return EVENT_WORDS[row.kind]
        case Retelling():
            return f"{texts.retellings.of(row.topic)}, återgivet i korthet"
        case _:
            return "Mål" if isinstance(row, GoalRow) else "Risk"


def label_of(row: Row) -> str:
    match row:
        case Event():
            return row.title
        case Retelling():
            return row.section
        case _:
            return row.label


def comment_of(row: Row) -> str:
    """The retold words that belong to a row."""
    match row:
        case RiskRow() | Assignment() | Event():
            return row.comment
        case Retelling():
            return row.text
        case Assessment() if row.subject_kind == "unit_share":
            return _share(row)
        case Assessment():
            return row.outcome
        case _:
            return ""


def _share(row: Assessment) -> str:
    """How the units are divided, where the report says."""
    counts = ((row.green, "gröna"), (row.yellow, "gula"), (row.red, "röda"))
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def when_of(row: Row) -> str:
    """The period or the day a row speaks of, as exactly as the report does."""
    match row:
        case Figure() | Assessment() | Assignment():
            return row.when.label
        case Event():
            return _date(row)
        case _:
            return ""


def _date(row: Event) -> str:
    """*2 september 2024*, *maj 2024*, *2024*: as exact as the report."""
    match row.date_precision:
        case "day":
            return f"{int(row.date[8:])} {Month.parse(row.date[:7]).name}"
        case "month":
            return Month.parse(row.date).name
        case _:
            return row.date


def value_of(row: Row) -> str:
    """The number of a row in words, "" when it has none."""
    match row:
        case Figure():
            return hedged(row)
        case Assessment() if row.subject_kind == "unit_share":
            return row.outcome
        case RiskRow():
            return (
                f"{row.probability}x{row.consequence} ({row.value})" if row.probability else f"({row.value})"
            )
        case RiskMention():
            return "inget värde tryckt"
        case _:
            return ""


def look_of(row: Row) -> tuple[str, str, str] | None:
    """(class, shape, word) of the colour or status of a row, None when it has none."""
    match row:
        case Assessment() if row.subject_kind not in UNCOLOURED:
            return row.colour.value, STATUS_SHAPES[row.colour], STATUS_WORDS[row.colour]
        case RiskRow():
            return row.status.value, STATUS_SHAPES[row.status], STATUS_WORDS[row.status]
        case Assignment():
            return status_look(row.status, row.status_label)
        case _:
            return None
