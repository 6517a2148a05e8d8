"""The strict floor: the recorded pages, sent through the app's own component, and nothing computed.

``BENCH_PAYLOADS`` names the folder of recordings and ``BENCH_PAGE`` the page that is shown ("oversikt").
The file is both script and ASGI application, as app.py is.
"""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import streamlit as st

ROOT = Path(__file__).resolve().parents[2]


@st.cache_resource(show_spinner=False)
def board() -> ModuleType:
    """The app's component by its file: importing dashboard.ui would load the whole app."""
    spec = importlib.util.spec_from_file_location("bench_board", ROOT / "src/dashboard/ui/board.py")
    if spec is None or spec.loader is None:
        raise ImportError("src/dashboard/ui/board.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@st.cache_resource(show_spinner=False)
def payloads(page: str) -> dict[str, dict[str, Any]]:
    """Recorded payloads of a page by period."""
    folder = Path(os.environ["BENCH_PAYLOADS"])
    return cast(dict[str, dict[str, Any]], json.loads((folder / f"{page}.json").read_text("utf-8")))


def draw(page: str) -> None:
    """Send the recording that the address names, or the first one."""
    known = payloads(page)
    chosen = known.get(st.query_params.get("period", "")) or next(iter(known.values()))
    board().mount(chosen["html"], chosen["title"], chosen["charts"])


if __name__ == "__main__":
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    draw(os.environ.get("BENCH_PAGE", "oversikt"))
else:
    from dashboard.web import create_app

    app = create_app(Path(__file__), assets=board().assets())
