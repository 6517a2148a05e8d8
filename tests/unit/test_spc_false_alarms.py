"""What docs/spc.md says of false alarms is what the rules do, on a smaller sample of the same noise."""

from __future__ import annotations

import re

from tools.spc_false_alarms import LENGTHS, SERIES, TARGET, measure


def told() -> dict[int, list[float]]:
    """The rows of the table by their number of points, in per cent."""
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", TARGET.read_text(encoding="utf-8"), re.MULTILINE)
    return {int(points): [float(cell.strip(" %")) for cell in cells.split("|")] for points, cells in rows}


def test_the_document_has_a_row_for_each_length() -> None:
    assert tuple(told()) == LENGTHS
    assert f"{SERIES:,}".replace(",", " ") in TARGET.read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_numbers() -> None:
    assert measure(24, series=50) == measure(24, series=50)
    assert measure(24, series=50) != measure(24, series=50, seed=1)


def test_a_smaller_sample_agrees_with_the_document() -> None:
    for length in (12, 44):
        found = measure(length, series=800, seed=7)
        with_signal, at_latest, points, *by_rule = told()[length]
        assert abs(100 * found.with_signal / 800 - with_signal) < 6.0
        assert abs(100 * found.at_latest / 800 - at_latest) < 2.0
        assert abs(100 * found.points.total() / (800 * length) - points) < 1.2
        assert abs(sum(by_rule) - points) < 0.05
