"""Seven prebuilt figures the usual way (six small curves and a bar chart), for two states of one filter."""

from __future__ import annotations

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource(show_spinner=False)
def figures() -> dict[str, list[go.Figure]]:
    """Finished figures by period, built once a process from the recorded numbers."""
    path = Path(os.environ["BENCH_PAYLOADS"]) / "figures.json"
    states = json.loads(path.read_text("utf-8"))
    return {period: [go.Figure(one) for one in found] for period, found in states.items()}


if __name__ == "__main__":
    st.set_page_config(layout="wide")
    known = figures()
    period = st.selectbox("Period", list(known))
    for column, figure in zip(st.columns(6), known[period], strict=False):
        column.plotly_chart(figure, key=f"curve-{figure.layout.meta}")
    st.plotly_chart(known[period][6], key="bars")
else:
    from dashboard.web import create_app

    app = create_app(Path(__file__))
