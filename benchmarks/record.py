"""Records, at the start, what the app sends for two filter states, so that a floor can send it again."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go

from benchmarks import wire
from benchmarks.pages import FIRST
from benchmarks.servers import HOST, Server
from dashboard.ui.navigation import MENU as PAGES

# The two states that every page is switched between: the two latest tertial reports.
STATES = ("2025-T2", "2024-T2")
RECORDED = tuple(page.id for page in PAGES)
_PERIODS = re.compile(r'<select name="period".*?</select>', re.DOTALL)
_OPTION = re.compile(r'<option value="([^"]+)"')


class RecordFault(Exception):
    """The app did not send what the floor needs."""


@dataclass(frozen=True, slots=True)
class Recording:
    """``periods``: all that the app's filter offers, without the two states. ``charts`` and ``size``:
    figures on a page and characters of its HTML, by page."""

    periods: tuple[str, ...]
    charts: dict[str, int]
    size: dict[str, int]


def record(app: Server, folder: Path) -> Recording:
    """Write ``<page>.json`` (payload by period) for each recorded page.

    Raises RecordFault when the app shows an error instead of a page.
    """
    charts, size, html = {}, {}, ""
    with wire.Session(HOST, app.port) as session:
        hashes = session.rerun().pages
        for page in RECORDED:
            target = hashes["" if page == FIRST else page]
            found = {}
            for state in STATES:
                board = session.rerun(f"period={state}", page=target).board
                if board is None or "<h1>" not in board["html"]:
                    raise RecordFault(f"The app sent no page for {page} and {state}.")
                found[state] = board
            (folder / f"{page}.json").write_text(json.dumps(found), "utf-8")
            html = html or found[STATES[0]]["html"]
            charts[page] = len(found[STATES[0]]["charts"])
            size[page] = len(found[STATES[0]]["html"])
    options = _PERIODS.search(html)
    periods = _OPTION.findall(options.group(0)) if options else []
    others = tuple(one for one in dict.fromkeys(periods) if one not in STATES)
    return Recording(others, charts, size)


def figures(data: Path, folder: Path) -> None:
    """Write ``figures.json``: six curves and a bar chart for each state, as finished Plotly figures.

    They are made from the numbers of the naive page; only their number and size matter.
    """
    os.environ["DASHBOARD_DATA"] = str(data)
    from benchmarks.pages.naive_numbers import numbers

    states = {}
    for state in STATES:
        found = numbers(state)
        made = []
        for index, curve in enumerate(found.curves):
            figure = go.Figure(go.Scatter(x=[str(day.date()) for day in curve.index], y=curve.tolist()))
            made.append(figure.update_layout(height=140, meta=str(index), margin={"t": 0, "b": 0}))
        bars = go.Figure(go.Bar(x=found.bars.tolist(), y=found.bars.index.tolist(), orientation="h"))
        made.append(bars.update_layout(height=320))
        states[state] = [json.loads(figure.to_json()) for figure in made]
    (folder / "figures.json").write_text(json.dumps(states), "utf-8")
