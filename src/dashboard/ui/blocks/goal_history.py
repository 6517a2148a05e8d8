"""The goals over time: every version of every goal, report by report, and how each became the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain.text import count_word, listing
from dashboard.measures.goal_history import Fate, History, Step, Stop, Strand, goal_history
from dashboard.measures.provenance import Row
from dashboard.measures.wording import Edit, Words
from dashboard.ui.page import Page
from dashboard.ui.render import render

VIEW, OVER_TIME = "vy", "historik"
OWN = (VIEW,)
FATE_WORDS = {
    Fate.KEPT: "oförändrat",
    Fate.REWORDED: "ny text",
    Fate.SPLIT: "delat",
    Fate.MERGED: "sammanslaget",
}


Places = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A goal in a report. ``came`` says what it came from; ``words`` are set where the old text shows in the new.

    ``places``: the lines that print it, each with its address.
    """

    stop: Stop
    came: tuple[str, str]  # class, words; both empty in the first report
    words: tuple[Words, ...]
    ended: bool
    places: Places


@dataclass(frozen=True, slots=True)
class Line:
    """From one goal to the next, in per cent of the strand's height; every goal of a report is equally high."""

    start: float
    end: float
    fate: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A strand: the cards of each report, and the lines between that report and the one before."""

    columns: tuple[tuple[tuple[Line, ...], tuple[Card, ...]], ...]


def over_time(page: Page) -> bool:
    return page.query.own.get(VIEW) == OVER_TIME


def goal_views(page: Page) -> Markup:
    """The switch between the goals now and over time."""
    said = page.query.own.get(VIEW, "")
    unknown = said if said not in {"", OVER_TIME} else ""
    return render(
        "goal_views.html",
        history=over_time(page),
        now_href=page.href("mal"),
        history_href=page.href("mal", vy=OVER_TIME),
        unknown=unknown[:40],
    )


def goal_history_headline(page: Page) -> None:
    """Title and lead: what became of the goals of the report before the last, and where the readings come from."""
    history = _history(page)
    page.title = page.kept("history_title", lambda: _headline(history))
    names = listing([report.short for report in history.reports])
    page.lead = f"Mål och indikatorer som de står i {names}." if names else ""


def goal_lanes(page: Page) -> Markup:
    """Every strand of goals as a lane through the reports."""

    def make() -> Markup:
        history = _history(page)
        levels = [
            ("Kommunens mål", "kommun", [_lane(page, strand) for strand in history.top]),
            ("Nämndens mål", "namnd", [_lane(page, strand) for strand in history.own]),
        ]
        steps = [step for strand in (*history.top, *history.own) for step in strand.steps]
        return render(
            "goal_lanes.html",
            reports=history.reports,
            levels=levels,
            steps=steps,
            word=lambda step: FATE_WORDS[step.fate],
        )

    return page.kept("goal_lanes", make)


def _history(page: Page) -> History:
    return page.once("goal_history", lambda: goal_history(page.facts))


def _headline(history: History) -> str:
    """``Av de fyra övergripande målen i Delår 2 2024 fick två ny text och två delades i Tertial 2 2025.``"""
    if len(history.reports) < 2:
        return "Det finns bara en rapport att läsa målen i."
    before, after = history.reports[-2:]
    counts = Counter(_fate(strand, stop) for strand in history.top for stop in strand.columns[-2])
    said = {
        "kept": "står kvar oförändrat" if counts["kept"] == 1 else "står kvar oförändrade",
        "reworded": "fick ny text",
        "split": "delades",
        "merged": "slogs ihop",
        "ended": "upphörde",
    }
    parts = [f"{count_word(counts[fate])} {words}" for fate, words in said.items() if counts[fate]]
    total = sum(counts.values())
    if not total:
        return f"Målen i {after.short} är nya."
    which = "det enda övergripande målet" if total == 1 else f"de {count_word(total)} övergripande målen"
    return f"Av {which} i {before.short} {_inverted(parts)} i {after.short}."


def _inverted(parts: list[str]) -> str:
    """``två fick ny text`` after *Av …* is said *fick två ny text*."""
    turned: list[str] = []
    for part in parts:
        count, verb, *rest = part.split(" ")
        turned.append(" ".join([verb, count, *rest]) if not turned else part)
    return listing(turned)


def _fate(strand: Strand, stop: Stop) -> str:
    steps = strand.outcomes(stop)
    if not steps:
        return "ended"
    return steps[0].fate.value


def places(page: Page, rows: Iterable[Row]) -> Places:
    """The lines of some rows of one report, each once, with the address of the first row on it."""
    found: dict[int, str] = {}
    for row in rows:
        found.setdefault(row.line, page.point(row))
    return tuple(found.items())


def _lane(page: Page, strand: Strand) -> Lane:
    columns = []
    for number, column in enumerate(strand.columns):
        before = strand.columns[number - 1] if number else ()
        lines = [
            Line(_middle(before, step.before), _middle(column, step.after), step.fate.value)
            for stop in column
            for step in strand.origins(stop)
        ]
        columns.append((tuple(lines), tuple(_card(page, strand, stop) for stop in column)))
    return Lane(tuple(columns))


def _middle(column: Sequence[Stop], stop: Stop) -> float:
    return round(100 * (column.index(stop) + 0.5) / len(column), 2)


def _card(page: Page, strand: Strand, stop: Stop) -> Card:
    origins = strand.origins(stop)
    readable = [step.words for step in origins if any(run.edit is Edit.KEPT for run in step.words)]
    came = ("new", "nytt mål") if strand.is_new(stop) else _came(origins)
    words = readable[0] if len(origins) == 1 and readable else ()
    return Card(stop, came, words, strand.ended(stop), places(page, stop.rows))


def _came(origins: Sequence[Step]) -> tuple[str, str]:
    """``("split", "delat ur Leverans och Ekonomi")``, ``("reworded", "ny text")``"""
    if not origins:
        return ("", "")
    fate = origins[0].fate
    if fate in {Fate.KEPT, Fate.REWORDED}:
        return (fate.value, FATE_WORDS[fate])
    joined = {Fate.SPLIT: "delat ur", Fate.MERGED: "sammanslaget ur"}
    return (fate.value, f"{joined[fate]} {listing([step.before.goal.short for step in origins])}")
