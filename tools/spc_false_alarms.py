"""Measure how often the rules of SPC cry wolf: signals in series of pure normal noise, where nothing has happened.

python tools/spc_false_alarms.py            prints the table that stands in docs/spc.md
python tools/spc_false_alarms.py --check    exit code 1 when docs/spc.md has another table

Seeded: the same numbers every time.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from dashboard.domain.model import Direction
from dashboard.domain.spc import Rule, Xmr, analyse

TARGET = Path(__file__).resolve().parents[1] / "docs" / "spc.md"
SEED = 2025
SERIES = 10_000
LENGTHS = (12, 24, 36, 44)


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts over ``series`` series of ``length`` points each."""

    length: int
    series: int
    with_signal: int  # series with at least one
    at_latest: int  # series whose last point carries one: what a tile would show
    points: Counter[Rule]

    @property
    def row(self) -> str:
        every = self.series * self.length
        shares = [
            self.with_signal / self.series,
            self.at_latest / self.series,
            self.points.total() / every,
            *(self.points[rule] / every for rule in Rule),
        ]
        cells = [
            str(self.length),
            *(f"{100 * one:.1f} %" if i < 2 else f"{100 * one:.2f} %" for i, one in enumerate(shares)),
        ]
        return f"| {' | '.join(cells)} |"


def measure(length: int, series: int = SERIES, seed: int = SEED) -> Measured:
    """Independent normal noise; the rules give the same answer whatever its mean and spread."""
    draw = random.Random(f"{seed}-{length}")
    with_signal = at_latest = 0
    points: Counter[Rule] = Counter()
    for _ in range(series):
        found = analyse([draw.gauss(0.0, 1.0) for _ in range(length)], direction=Direction.NEUTRAL)
        if not isinstance(found, Xmr):
            raise ValueError(f"noise of {length} points has no limits: {found}")
        rules = [signal.rule for signal in found.signals if signal]
        points.update(rules)
        with_signal += bool(rules)
        at_latest += found.signals[-1] is not None
    return Measured(length, series, with_signal, at_latest, points)


def table() -> str:
    heads = [
        "points",
        "series with a signal",
        "last point a signal",
        "points with a signal",
        "outside",
        "trend",
        "two of three",
        "one side",
    ]
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join(['---:'] * len(heads))} |"]
    return "\n".join([*lines, *(measure(length).row for length in LENGTHS)])


def main(arguments: list[str]) -> int:
    found = table()
    if "--check" not in arguments:
        print(found)
        return 0
    same = found in TARGET.read_text(encoding="utf-8")
    print("docs/spc.md is up to date" if same else f"docs/spc.md should have\n{found}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
