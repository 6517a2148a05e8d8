"""Progress of long work, on standard error."""

from __future__ import annotations

import sys


class Meter:
    """Progress on one line of a terminal, on lines of their own elsewhere."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._live = sys.stderr.isatty()
        self._last = ""

    def __call__(self, what: str, share: float) -> None:
        if self._live:
            filled = round(24 * share)
            end = "\n" if share >= 1 else ""
            bar = "█" * filled + "·" * (24 - filled)
            print(
                f"\r{self._title} {bar} {round(100 * share):3d} %  {what:<40}",
                end=end,
                file=sys.stderr,
                flush=True,
            )
        elif what != self._last:
            print(f"{self._title}: {what} ({round(100 * share)} %)", file=sys.stderr, flush=True)
        self._last = what
