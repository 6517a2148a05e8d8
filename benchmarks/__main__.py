"""``python -m benchmarks``: measure everything, or parts of it, and say which targets are met."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import measure, monthly, report
from benchmarks import record as recordings
from benchmarks.browser import chromium
from benchmarks.servers import KINDS, ROOT, Place, running
from benchmarks.targets import verdicts

PARTS = ("answers", "change", "pages", "load", "cold", "loading", "start")
_ALONE = {"loading", "start"}  # these compare nothing with recorded pages


def main() -> int:
    """Run the chosen parts; 0 unless a target is missed and ``--check`` was given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: enough to see large differences")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part only (may be repeated)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every value here")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    options = parser.parse_args()
    chosen = options.only or list(PARTS)
    # Ended from outside, the servers must still be stopped on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        bench = prepared(Path(folder), measure.QUICK if options.quick else measure.Rounds(), chosen)
        say(report.machine() if set(chosen) <= _ALONE else report.recorded(bench.recording))
        run(bench, chosen)
    found = verdicts(bench.series)
    say("\n" + report.summary(found))
    if options.json:
        report.save(options.json, bench.series, found)
    return 1 if options.check and not all(one.met for one in found) else 0


def say(text: str) -> None:
    """Print at once, also through a pipe."""
    print(text, flush=True)


def prepared(folder: Path, rounds: measure.Rounds, chosen: Sequence[str]) -> measure.Bench:
    """The store (``DASHBOARD_DATA``, or the demo built here), and what the app sends recorded from it.

    Parts that make stores of their own need neither.
    """
    given = os.environ.get("DASHBOARD_DATA")
    place = Place(Path(given).resolve() if given else folder / "data", folder / "payloads", folder / "empty")
    for one in (place.data, place.payloads, place.empty):
        one.mkdir(parents=True, exist_ok=True)
    if set(chosen) <= _ALONE:
        return measure.Bench(place, recordings.Recording((), {}, {}), rounds)
    say(f"Store: {place.data}")
    build = [sys.executable, "-m", "dashboard", "build"]
    done = subprocess.run(
        build, cwd=ROOT, env=place.environment(KINDS["app"]), check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"The store could not be built:\n{done.stderr[-3000:]}")
    recordings.figures(place.data, place.payloads)
    with running(KINDS["app"], place) as app:
        recording = recordings.record(app, place.payloads)
    return measure.Bench(place, recording, rounds)


def run(bench: measure.Bench, chosen: list[str]) -> None:
    """Each part in turn; what it found is printed as soon as it is there."""
    shown: set[str] = set()

    def part(name: str, work: Callable[[], None]) -> None:
        if name not in chosen:
            return
        work()
        for metric in [one for one in bench.series if one not in shown]:
            shown.add(metric)
            say("\n" + report.table(bench.series[metric]))

    part("answers", lambda: measure.answers(bench))
    part("cold", lambda: measure.cold(bench))
    part("loading", lambda: monthly.loading(bench))
    part("start", lambda: monthly.starting(bench))
    if set(chosen) & {"change", "pages", "load"}:
        with chromium() as browser:
            part("change", lambda: measure.changes(bench, browser))
            part("pages", lambda: measure.pages(bench, browser))
            part("load", lambda: measure.loads(bench, browser))


if __name__ == "__main__":
    sys.exit(main())
