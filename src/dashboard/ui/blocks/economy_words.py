"""What the two charts of Ekonomi say, by what is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain.selection import Compare
from dashboard.domain.text import millions, number
from dashboard.measures.economy import MonthEconomy
from dashboard.ui.blocks.economy_subject import Subject


def outcome_says(about: Subject, rows: Sequence[MonthEconomy], before: Sequence[MonthEconomy]) -> str:
    last = rows[-1]
    if last.outcome is None or last.budget is None:
        return "Utfall eller budget saknas för månaden."
    gap = last.outcome - last.budget
    way = "sämre" if gap < 0 else "bättre"
    start = f"Till och med {last.month.name} är utfallet {millions(abs(gap))} {way} än budget"
    match about.selection.compare:
        case Compare.LAST_YEAR:
            same = next((row for row in before if row.month == last.month.shift(-12)), None)
            if same is None or same.outcome is None or same.budget is None:
                return f"{start}. Året före hade ingen jämförbar rad."
            other = same.outcome - same.budget
            way = "sämre" if other < 0 else "bättre"
            return f"{start}; samma tid {same.month.year} {millions(abs(other))} {way}."
        case Compare.PREVIOUS:
            earlier = about.selection.period.previous().end
            row = next((row for row in rows if row.month == earlier), None)
            if row is None or row.outcome is None or row.budget is None:
                return f"{start}. Perioden före hör till ett annat år."
            other = row.outcome - row.budget
            return f"{start}; i {row.month.name} {millions(abs(other))} {'sämre' if other < 0 else 'bättre'}."
        case Compare.TARGET:
            share = (
                f"{number(100 * last.outcome / last.budget, 1)} procent av budgeten"
                if last.budget
                else "utan budget"
            )
            return f"{start}: {millions(last.outcome)} mot {millions(last.budget)}, {share}."


def forecast_says(about: Subject, rows: Sequence[MonthEconomy], before: Sequence[MonthEconomy]) -> str:
    known = [row for row in rows if row.forecast is not None]
    first, last = known[0], known[-1]
    if about.unit.kind == "buffert":
        return f"Bufferten står i prognosen med {millions(last.forecast)} och ingår i summan efter buffert."
    now, budget = millions(last.forecast), millions(last.year_budget)
    start = f"Prognosen i {last.month.name} är {now} mot budgeten {budget}"
    match about.selection.compare:
        case Compare.LAST_YEAR:
            same = next((row for row in before if row.month == last.month.shift(-12)), None)
            if same is None or same.forecast is None:
                return f"{start}. Året före hade ingen jämförbar rad."
            return f"{start}; för ett år sedan {millions(same.forecast)} mot {millions(same.year_budget)}."
        case Compare.PREVIOUS:
            earlier = about.selection.period.previous().end
            row = next((row for row in known if row.month == earlier), None)
            if row is None or row.forecast is None or last.forecast is None:
                return f"{start}. Perioden före hör till ett annat år."
            return f"{start}, {_moved(last.forecast - row.forecast)} sedan {row.month.name}."
        case Compare.TARGET:
            moved = (last.forecast or 0.0) - (first.forecast or 0.0)
            return f"{start}. Sedan {first.month.name} har den {_moved(moved)}."


def _moved(change: float) -> str:
    if change == 0:
        return "oförändrad"
    return f"{'försämrats' if change < 0 else 'förbättrats'} med {millions(abs(change))}"
