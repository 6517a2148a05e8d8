"""The cells of a rebuilt table: words, numbers and colours, each number and colour with its address.

Words are the store's own (names as printed, comments retold). Where a number in them stands on the line as a figure of
its own, it becomes that figure, so that no number of a table is without its address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dashboard.domain.model import Colour
from dashboard.domain.text import COUNT_WORDS
from dashboard.measures.facts import Facts
from dashboard.measures.flags import flags_of
from dashboard.measures.provenance import Entry, Reference, reference_of
from dashboard.published import Assignment, Contradiction, Figure

# A number as Swedish text writes it, or a small one in letters.
_NUMBER = re.compile(
    r"(?<![\w,.])[-−]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![\w])|(?<![\w,.])[-−]?\d+(?:[.,]\d+)?(?![\w])"
    rf"|\b(?:{'|'.join(COUNT_WORDS[1:])})\b"
)
WORDS = {word: Decimal(number) for number, word in enumerate(COUNT_WORDS)}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell: words, or a number or a colour with its address.

    ``text`` of a number is what stands in the words it was found in, else empty: the value is then shown as printed,
    after ``lead``. ``word`` is what the report calls the status, where it has words of its own.
    """

    text: str = ""
    figure: Figure | None = None
    colour: Colour | None = None
    word: str = ""
    lead: str = ""
    reference: Reference | None = None
    flags: tuple[Contradiction, ...] = ()
    item: bool = False  # begins an item of a list


@dataclass(frozen=True, slots=True)
class Cell:
    """``blank`` is what the report prints in a cell that holds nothing."""

    parts: tuple[Part, ...] = ()
    blank: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(part.figure for part in self.parts if part.figure is not None)


@dataclass(slots=True)
class Loose:
    """The figures of a row that no cell shows yet. Taking one removes it."""

    facts: Facts
    figures: list[Figure]
    prefer: frozenset[str] = field(default_factory=frozenset)  # indicators that the row is about

    def take(self, value: Decimal) -> Figure | None:
        """The figure with the value, whatever its sign; one of the row's own indicators before others."""
        fitting = [one for one in self.figures if abs(one.value) == abs(value)]
        fitting.sort(key=lambda one: one.indicator not in self.prefer)
        if not fitting:
            return None
        self.figures.remove(fitting[0])
        return fitting[0]

    def remove(self, figure: Figure) -> None:
        if figure in self.figures:
            self.figures.remove(figure)


def number(facts: Facts, figure: Figure, *, text: str = "", lead: str = "", item: bool = False) -> Part:
    """A figure as a part of a cell."""
    flags = flags_of(facts, figure, rounding=True)
    return Part(
        text=text, figure=figure, lead=lead, reference=reference_of(facts, figure), flags=flags, item=item
    )


def linked(loose: Loose, words: str) -> tuple[Part, ...]:
    """The words, with those numbers in them that are figures of the row taken as such."""
    parts: list[Part] = []
    at = 0
    for match in _NUMBER.finditer(words):
        written = match.group()
        figure = loose.take(WORDS[written] if written in WORDS else _decimal(written))
        if figure is None:
            continue
        if match.start() > at:
            parts.append(Part(words[at : match.start()]))
        parts.append(number(loose.facts, figure, text=written))
        at = match.end()
    if at < len(words):
        parts.append(Part(words[at:]))
    return tuple(parts)


def _decimal(written: str) -> Decimal:
    return Decimal(re.sub(r"[ \u00a0\u202f]", "", written).replace(",", ".").replace("−", "-"))


def rest(loose: Loose, subject: str) -> tuple[Part, ...]:
    """The figures that are left, each led by what it is; taken, so that they are shown once."""
    left, loose.figures = loose.figures, []
    return tuple(number(loose.facts, one, lead=_lead(one, subject), item=True) for one in left)


def _lead(figure: Figure, subject: str) -> str:
    if subject and figure.indicator == subject and figure.measure.startswith("utfall"):
        return f"{figure.when.short}:"
    return f"{figure.label}:"


COLOURS = {one.value: one for one in Colour}


def status(assignment: Assignment, reference: Reference) -> Part:
    """The status of an assignment: a colour, or the report's own word for done and ongoing."""
    colour = COLOURS.get(assignment.status)
    word = assignment.status_label if colour is None else ""
    return Part(colour=colour, word=word, text=assignment.status, reference=reference)


def listed(parts: Sequence[tuple[Part, ...]]) -> tuple[Part, ...]:
    """Pieces as the items of a list."""
    return tuple(replace(one, item=place == 0) for part in parts for place, one in enumerate(part))


def colour(entry: Entry, shade: Colour, flags: tuple[Contradiction, ...] = ()) -> Part:
    return Part(colour=shade, reference=entry.reference, flags=flags)
