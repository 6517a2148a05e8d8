"""The numbers of the first page as most people would get them: every Parquet file read with pandas each time.

Nothing is kept between two calls, as in a script that simply runs again. The rules are the app's simplest:
a level is the mean of the period's months, sick leave is twelve months rolled, the forecast is the last one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

CURVE_MONTHS = 24
LABELS = (
    "Hushåll med bistånd",
    "Långvarigt bistånd",
    "Barn i hushåll med bistånd",
    "Externa placeringar",
    "Sjukfrånvaro R12",
    "Prognosavvikelse",
)


@dataclass(frozen=True)
class Numbers:
    """``curves`` hold one series for each label, ``bars`` the forecast's deviation by unit (tkr)."""

    values: list[float]
    changes: list[float]
    curves: list[pd.Series]
    bars: pd.Series


def read(dataset: str) -> pd.DataFrame:
    """All months of a dataset, the latest delivery of each."""
    folder = Path(os.environ["DASHBOARD_DATA"]) / "snapshots" / dataset
    newest = [max(month.glob("*.parquet")) for month in sorted(folder.iterdir())]
    frame = pd.concat([pd.read_parquet(path) for path in newest])
    frame["month"] = pd.to_datetime(frame["month"])
    return frame


def bounds(period: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last month of "2025-T2" (accumulated) or "2025-08"."""
    year, rest = period.split("-")
    if rest.startswith("T"):
        return pd.Timestamp(int(year), 1, 1), pd.Timestamp(int(year), 4 * int(rest[1]), 1)
    return pd.Timestamp(int(year), int(rest), 1), pd.Timestamp(int(year), int(rest), 1)


def numbers(period: str) -> Numbers:
    """Everything that the page shows for a period."""
    series, forecast = monthly()
    start, end = bounds(period)
    before = pd.DateOffset(years=1)
    levels = [one.loc[start:end].mean() for one in series[:4]]
    earlier = [one.loc[start - before : end - before].mean() for one in series[:4]]
    last = [one.loc[:end].iloc[-1] for one in series[4:]]
    last_before = [one.loc[: end - before].iloc[-1] for one in series[4:]]
    curves = [one.loc[:end].tail(CURVE_MONTHS) for one in series]
    now, then = [*levels, *last], [*earlier, *last_before]
    changes = [float(a - b) for a, b in zip(now, then, strict=True)]
    bars = forecast[forecast["month"] == end].set_index("unit")["deviation"].sort_values()
    return Numbers([float(one) for one in now], changes, curves, bars)


def monthly() -> tuple[list[pd.Series], pd.DataFrame]:
    """The six monthly series, and the forecast's deviation by unit and month."""
    aid, placed, staff, money = (read(one) for one in ("bistand", "placeringar", "medarbetare", "ekonomi"))
    long = aid[aid["duration"] == "10-man-eller-mer"]
    hours = staff.groupby("month")[["sjuktimmar_kort", "sjuktimmar_lang", "ordinarie_timmar"]].sum()
    rolled = hours.rolling(12).sum()
    sick = 100 * (rolled["sjuktimmar_kort"] + rolled["sjuktimmar_lang"]) / rolled["ordinarie_timmar"]
    forecast = money[~money["unit"].str.contains("varav")].copy()
    forecast["deviation"] = forecast["prognos_helar"] - forecast["budget_helar"]
    series = [
        aid.groupby("month")["hushall"].sum(),
        long.groupby("month")["hushall"].sum(),
        aid.groupby("month")["barn"].sum(),
        placed.groupby("month")["pagaende"].sum(),
        sick.dropna(),
        forecast.groupby("month")["deviation"].sum(),
    ]
    return series, forecast
