"""Ekonomi: from the year's budget to its forecast, part by part.

The bars show deviations, so that they stand on zero and their lengths can be compared; the budget and the forecast
themselves, three hundred million, would make every step a hair.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.charts import Chart, Kind, Point, Series, Stroke, category_axis
from dashboard.domain.model import Origin
from dashboard.domain.text import listing, millions, number
from dashboard.measures.waterfall import Step, StepKind, Waterfall, waterfall
from dashboard.ui.blocks import cards, origins
from dashboard.ui.blocks.cards import Cell, Table, Words, spreadsheet
from dashboard.ui.blocks.economy_subject import subject
from dashboard.ui.blocks.economy_views import whose
from dashboard.ui.page import Page

KEY = "budget-till-prognos"
WORSE, BETTER, SUMS = "red-edge", "better", 9
TALL = 8  # rows that still fit the usual height
TIMES = frozenset({StepKind.SO_FAR, StepKind.REST})


def forecast_steps(page: Page) -> Markup:
    """The waterfall of the chosen unit; nothing when the page has already said why it has no accounts."""

    about = subject(page)

    def steps() -> Waterfall | None:
        return page.kept("steps", lambda: waterfall(page.facts, about.unit, about.reading.period))

    def make() -> cards.Card:
        found = steps()
        if found is None:
            reason = "Budget eller prognos saknas för någon del, så stegen skulle inte gå ihop."
            return cards.plain_card(KEY, "Från budget till prognos", reason)
        if len(found.steps) < 2:
            reason = f"{about.unit.name} har inga delar i ekonomin att dela upp avvikelsen på."
            return cards.plain_card(KEY, "Från budget till utfall", reason)
        words = Words(_says(found), f"helår {found.period.end.year}", _source(page, found), _notes(found))
        size = "tall" if len(found.steps) > TALL else ""
        return cards.chart_card(page, KEY, _chart(found), _table(found), words, size=size)

    nothing = bool(about.reason) and steps() is None
    return Markup() if nothing else cards.kept(page, "waterfall", make)


def _goal(found: Waterfall) -> str:
    return "Utfall" if found.closed else "Prognos"


def step_series(points: Sequence[tuple[Point, str]], *, demo: bool) -> tuple[Series, ...]:
    """Bars by what they mean: worse, better, or a sum. ``points`` are (point, "worse" | "better" | "sum")."""
    stroke = Stroke.DASHED if demo else Stroke.SOLID
    tokens = {"worse": ("Dyrare", WORSE), "better": ("Billigare", BETTER), "sum": ("Summa", "")}
    return tuple(
        Series(name, SUMS, found, stroke, token=token)
        for meaning, (name, token) in tokens.items()
        if (found := tuple(point for point, said in points if said == meaning))
    )


def _chart(found: Waterfall) -> Chart:
    goal, rows = _goal(found), _rows(found)
    points = []
    for at, (name, start, end, label, meaning) in enumerate(rows):
        told = f"{name}\n{label} tkr"
        points.append((Point(at, end - found.budget, told, label, base=start - found.budget), meaning))
    title = f"Från budget till {goal.lower()} {found.period.end.year}, {whose(found.unit)}"
    return Chart(
        kind=Kind.STEPS,
        title=title,
        unit="Avvikelse från årsbudgeten, tusen kronor (tkr)",
        decimals=0,
        axis=category_axis([row[0] for row in rows]),
        series=step_series(points, demo=found.origin.demo),
        summary=f"{title}. {_says(found)} Alla steg finns i tabellen.",
    )


Bar = tuple[str, float, float, str, str]  # name, from, to, amount, meaning


def _rows(found: Waterfall) -> list[Bar]:
    """Budget, each step, the sum before the buffer, and the forecast, as bars."""
    rows: list[Bar] = [("Årsbudget", found.budget, found.budget, number(found.budget), "sum")]
    for step in found.steps:
        if step.kind is StepKind.BUFFER:
            rows.append((f"{_goal(found)} före buffert", found.budget, step.start, number(step.start), "sum"))
        meaning = "worse" if step.change < 0 else "better"
        rows.append((step.label, step.start, step.end, number(step.change, signed=True), meaning))
    last = f"{_goal(found)} efter buffert" if found.before_buffer is not None else _goal(found)
    rows.append((last, found.budget, found.total, number(found.total), "sum"))
    return rows


def _says(found: Waterfall) -> str:
    gap = found.total - found.budget
    goal = _goal(found).lower()
    if gap == 0:
        return f"Årets {goal} är lika med budgeten, {millions(found.budget)}."
    way = "sämre" if gap < 0 else "bättre"
    start = f"{_goal(found)}en" if not found.closed else "Utfallet"
    return f"{start} {millions(found.total)} är {millions(abs(gap))} {way} än budgeten{_most(found)}."


def _most(found: Waterfall) -> str:
    """The two steps that weigh most; or, without parts, what has happened and what is expected."""
    changes = {one.kind: millions(one.change, signed=True) for one in found.steps if one.kind in TIMES}
    if changes:
        return f": {changes[StepKind.SO_FAR]} hittills och {changes[StepKind.REST]} väntat för resten av året"
    ahead = sorted((one for one in found.steps if one.kind is StepKind.PART), key=_size)
    told = [f"{one.label} ({millions(one.change, signed=True)})" for one in ahead[:2]]
    return f"; mest påverkar {listing(told)}" if len(ahead) > 1 else ""


def _size(step: Step) -> float:
    return -abs(step.change)


def _notes(found: Waterfall) -> tuple[str, ...]:
    notes = []
    if any(one.kind in TIMES for one in found.steps):
        notes.append(f"{found.unit.name} har inga egna delar i ekonomin; stegen delar avvikelsen i tid.")
    if any(one.kind is StepKind.ROUNDING for one in found.steps):
        notes.append("Delarna är avrundade var för sig i rapporten. Det som inte går ihop är ett eget steg.")
    return tuple(notes)


def _source(page: Page, found: Waterfall) -> str:
    report = subject(page).reading.report
    if found.origin is Origin.PUBLISHED and report:
        return f"Källa: {report.short}"
    return f"Källa: {origins.source(found.origin, 'Ekonomisystemet')}"


def _table(found: Waterfall) -> Table:
    look = origins.look(found.origin)
    body = [
        (Cell("Årsbudget"), Cell("", "", look), Cell(number(found.budget), spreadsheet(found.budget), look))
    ]
    for step in found.steps:
        change = Cell(number(step.change, signed=True), spreadsheet(step.change), look)
        body.append((Cell(step.label), change, Cell(number(step.end), spreadsheet(step.end), look)))
    body.append(
        (Cell(_goal(found)), Cell("", "", look), Cell(number(found.total), spreadsheet(found.total), look))
    )
    heads = (("Steg", False), ("Ändring", True), ("Summa efter steget", True))
    return Table("Från årsbudget till helårets summa, tkr", heads, tuple(body))
