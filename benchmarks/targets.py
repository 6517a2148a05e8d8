"""What the dashboard promises, as ratios measured within one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.samples import Ratio, Series
from dashboard.ui.navigation import MENU


@dataclass(frozen=True, slots=True)
class Target:
    """``over`` may need at most ``limit`` times what ``under`` needs in the metric."""

    what: str
    metric: str
    over: str
    under: str
    limit: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target with what was measured."""

    target: Target
    ratio: Ratio

    @property
    def met(self) -> bool:
        return self.ratio.value <= self.target.limit


def on_page(title: str) -> str:
    """The metric of a filter change on one page."""
    return f"filter change on {title}"


_NEW = "app, new question"
SERVING = "the serving file of that million, in no target"
LOADING, OPENING, REBUILDING = (
    "loading a million rows",
    "opening what is built",
    "rebuilding the serving file",
)
LOADING_DECADE = "loading a million rows of ten years"
SERVED = "cold start to the page by months"
# Rapporter shows the same whatever months there are; Översikt of one month has few curves and no limits to draw.
FIRST_SAME, FIRST_FULLER = (
    "cold start to the first answer on Rapporter by months",
    "cold start to the first answer on Översikt by months",
)
ONE, MANY = "one month", "120 months × 3"
_BYTES = "bytes of the first load"
TARGETS = (
    Target("Filter change on Översikt / strict floor", "filter change", "app", "floor", 1.15),
    Target("  the same, never asked before", "filter change", _NEW, "floor", 1.15),
    Target("Filter change / seven prebuilt st.plotly_chart", "filter change", "app", "floor_plotly", 1.0),
    Target("Filter change / naive page in Dash", "filter change", "app", "dash_naive", 1.0),
    Target("Filter change / naive page in Streamlit", "filter change", "app", "naive_run", 1.0),
    *(
        Target(f"Filter change on {page.title} / floor", on_page(page.title), "app", "floor_pages", 1.15)
        for page in MENU[1:]
    ),
    Target("Page change / floor", "page change", "app", "floor_pages", 1.15),
    Target("Server's answer / floor page, streamlit run", "answer", "app", "floor_run", 0.35),
    Target("  the same, never asked before", "answer", _NEW, "floor_run", 0.35),
    Target("First load / strict floor", "first load", "app", "floor", 1.15),
    Target("Bytes / seven st.plotly_chart, streamlit run", _BYTES, "app", "floor_plotly_run", 0.4),
    Target("Bytes / empty page, streamlit run", _BYTES, "app", "empty_run", 0.4),
    Target("Cold start / empty page", "cold start to the first answer", "app", "empty_run", 1.3),
    Target("Loading 1 M rows, 36 months / DuckDB, CSV to Parquet", LOADING, "app", "duckdb", 2.0),
    Target("Loading 1 M rows, 120 months / DuckDB", LOADING_DECADE, "app", "duckdb", 2.0),
    # No longer is 1; the rest is room for what two starts of the same thing differ by.
    Target("Cold start to the page, 120 months × 3 / one month", SERVED, MANY, ONE, 1.02),
    Target("  to the first answer, the same page", FIRST_SAME, MANY, ONE, 1.02),
    Target("  to the first answer, a fuller page", FIRST_FULLER, MANY, ONE, 1.05),
    Target("Rebuild of 1 080 files / DuckDB, one file", REBUILDING, "app", "duckdb", 10.0),
)


def verdicts(series: Mapping[str, Series]) -> list[Verdict]:
    """Each target that was measured."""
    found = []
    for target in TARGETS:
        ratio = series[target.metric].ratio(target.over, target.under) if target.metric in series else None
        if ratio is not None:
            found.append(Verdict(target, ratio))
    return found
