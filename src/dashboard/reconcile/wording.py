"""Labels that do not fit their figure, and risk values that are not the product they are printed as."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.published import Figure, RiskRow
from dashboard.reconcile.findings import Finding, Place, measure_of, place_of, told
from dashboard.reconcile.layer import Layer, grouped

# What a label may promise: the word it begins with → what the unit of a figure that keeps the promise begins with.
PROMISES = {"andel": ("procent", "promille"), "antal": ("antal",)}
PRODUCT = re.compile(r"([1-5])\s*x\s*([1-5])\s*\((\d+)\)")


def check_labels(layer: Layer) -> tuple[int, tuple[Finding, ...]]:
    """*Andelen …* that is a count, *Antal …* that is a share: one finding per indicator and line.

    Returns how many labels promise something, and what does not fit.
    """
    known = [one for one in layer.figures if one.measure != "forandring" and _promise(one)]
    wrong = [figure for figure in known if not figure.unit.startswith(PROMISES[_promise(figure)])]
    groups = grouped(wrong, lambda one: (one.source, one.line, one.indicator or one.label, one.unit))
    return len(known), tuple(_mislabelled(members) for members in groups.values())


def check_risks(layer: Layer) -> tuple[int, tuple[Finding, ...]]:
    """Probability × consequence = value, now and in the value before as it is printed."""
    found = [finding for row in layer.published.risks for finding in _products(row)]
    return len(layer.published.risks), tuple(found)


def _promise(figure: Figure) -> str:
    label = figure.label.lower()
    return next((word for word in PROMISES if label.startswith(word)), "")


def _mislabelled(figures: tuple[Figure, ...]) -> Finding:
    first = figures[0]
    word = _promise(first)
    sentence = f"{first.label}: rubriken säger {word} men talet har enheten {first.unit}."
    return told("label", measure_of(first), place_of(first), None, (word, first.unit), sentence, "etiketter")


def _products(row: RiskRow) -> Iterator[Finding]:
    if row.probability and row.consequence and row.probability * row.consequence != row.value:
        yield _wrong(row, row.value, row.probability * row.consequence)
    if match := PRODUCT.search(row.previous_label):
        product = int(match[1]) * int(match[2])
        if product != int(match[3]):
            yield _wrong(row, int(match[3]), product)


def _wrong(row: RiskRow, printed: int, computed: int) -> Finding:
    sentence = (
        f"{row.label}: riskvärdet är tryckt {printed} men sannolikhet gånger konsekvens ger {computed}."
    )
    return told(
        "sum", row.risk, Place(row.source, row.line), None, (printed, computed), sentence, "riskvärden"
    )
