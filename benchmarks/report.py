"""Prints what was measured: medians with the middle half, ratios to a yardstick, and the targets."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from benchmarks.record import Recording
from benchmarks.samples import Series
from benchmarks.targets import Verdict


def table(series: Series) -> str:
    """One metric: a line for each server."""
    lines = [f"{series.name} ({series.unit})"]
    for server in series.values:
        low, high = series.spread(server)
        ratio = series.ratio("app", server)
        app = f"   app needs {ratio.value:5.2f} ×" if ratio and not server.startswith("app") else ""
        number = len(series.values[server])
        lines.append(f"  {server:<20}{series.median(server):9.1f}  [{low:.1f} – {high:.1f}]  n={number}{app}")
    return "\n".join(lines)


def summary(found: list[Verdict]) -> str:
    """The targets with what was measured; the middle half of the rounds' ratios in brackets."""
    lines = ["Targets (median of the rounds' ratios)"]
    for one in found:
        word = "pass" if one.met else "MISS"
        spread = f"[{one.ratio.low:.2f} – {one.ratio.high:.2f}]"
        lines.append(
            f"  {word}  {one.target.what:<48}{one.ratio.value:6.2f}  ≤ {one.target.limit:.2f}  {spread}"
        )
    return "\n".join(lines)


def recorded(recording: Recording) -> str:
    """What the floor sends, so that the comparison can be judged."""
    parts = [
        f"{page}: {size / 1000:.0f} k characters of HTML, {recording.charts[page]} Plotly figures"
        for page, size in recording.size.items()
    ]
    return f"Recorded {'; '.join(parts)}. {machine()}"


def machine() -> str:
    """The machine and how busy it is with other things."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{platform.machine()}, {os.cpu_count()} cores{load}."


def save(path: Path, series: Mapping[str, Series], found: list[Verdict]) -> None:
    """Everything as JSON: all values by round, and the targets."""
    document = {
        "series": {name: {"unit": one.unit, "values": one.values} for name, one in series.items()},
        "targets": [{**asdict(one.target), **asdict(one.ratio), "met": one.met} for one in found],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
