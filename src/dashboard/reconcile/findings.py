"""What a reconciliation finds, and how rounding is told apart from the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dashboard.domain import text
from dashboard.published import Contradiction, Figure

ROUNDING_STEPS = 2
Key = tuple[str, str, frozenset[tuple[str, int, str]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Two things in the reports that do not agree, found by computation.

    ``kind``, ``severity`` and ``measure`` are those of :class:`dashboard.published.Contradiction`. ``printed`` stands
    on ``line``; ``computed`` is what the rest gives, or what ``other_line`` prints. ``rule`` names what found it.
    """

    kind: str
    severity: str
    source: str
    line: int
    measure: str
    printed: str
    computed: str
    other_source: str
    other_line: int | None
    sentence: str
    rule: str

    @property
    def key(self) -> Key:
        return key(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a report."""

    source: str
    line: int

    def __str__(self) -> str:
        return f"{self.source} rad {self.line}"


def place_of(figure: Figure) -> Place:
    return Place(figure.source, figure.line)


def key(one: Finding | Contradiction) -> Key:
    """What makes two findings the same, or a row the judgement of a finding.

    Kind, measure, and the two places each with its value: whichever of two printings is named first is a matter
    of wording.
    """
    here = (one.source, one.line, _normal(one.printed))
    there = (one.other_source, one.other_line or 0, _normal(one.computed))
    return (one.kind, one.measure, frozenset({here, there}))


def severity(difference: Decimal, step: Decimal) -> str:
    """``rounding`` when addends rounded each on its own explain the difference, else ``real``.

    ``step`` is one unit of the last printed digit: 1 for tables in tkr, 0 for counts, which are exact. The rule is
    two steps, 2 tkr. Of n rounded rows and a total rounded on its own, each is off by at most half a step, so a
    difference of two values can miss by 1.5 steps and a sum of n rows by (n + 1) / 2; but the errors take each other
    out and their standard deviation is only √((n + 1) / 12), one step for eleven rows. More than two is worth a look.
    """
    return "rounding" if abs(difference) <= ROUNDING_STEPS * step else "real"


def difference_in_words(difference: Decimal, unit: str, how: str) -> str:
    """``skillnad 1 tkr, troligen avrundning``"""
    size = f"skillnad {spoken(abs(difference), unit)}"
    return f"{size}, troligen avrundning" if how == "rounding" else size


def spoken(value: Decimal, unit: str) -> str:
    """The value as a Swedish reader expects it, with the decimals it is printed with."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return text.quantity(value, unit, decimals)


def said(figure: Figure) -> str:
    """The figure as printed: ``ca 4 %``."""
    return f"{figure.qualifier} {spoken(figure.value, figure.unit)}".strip()


def measure_of(figure: Figure) -> str:
    """What a contradiction calls the figure: its indicator, or the kind of number where it has none."""
    return figure.indicator or figure.measure


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: what two rules find is one thing."""
    found: dict[Key, Finding] = {}
    for finding in findings:
        found.setdefault(finding.key, finding)
    return tuple(found.values())


def told(
    kind: str,
    measure: str,
    here: Place,
    there: Place | None,
    values: tuple[object, object],
    sentence: str,
    rule: str,
    how: str = "real",
) -> Finding:
    """A finding; ``values`` are the printed and the computed one."""
    printed, computed = map(str, values)
    source, line = (there.source, there.line) if there else ("", None)
    return Finding(
        kind, how, here.source, here.line, measure, printed, computed, source, line, sentence, rule
    )


def between(first: Figure, second: Figure, kind: str, sentence: str, rule: str) -> Finding:
    """Two printings that cannot both be right; never a matter of rounding."""
    values = (first.value, second.value)
    return told(kind, measure_of(first), place_of(first), place_of(second), values, sentence, rule)


def kind_between(first: str, second: str) -> str:
    """The kind of a disagreement between two reports, or between two lines of one."""
    return "text-table" if first == second else "between-reports"


def _normal(value: str) -> str:
    """``7.0`` and ``7`` are one number; a colour is itself."""
    try:
        return str(Decimal(value).normalize())
    except InvalidOperation:
        return value
