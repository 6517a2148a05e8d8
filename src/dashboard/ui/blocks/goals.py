"""The goals: at a glance, report by report, month by month, and the tree of what hangs under each."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard import insights
from dashboard.domain.model import Colour, Goal, Origin, Relation
from dashboard.domain.periods import MONTH_SHORT, Period
from dashboard.domain.text import listing, quantity
from dashboard.measures import goal_tree, goals
from dashboard.measures.goal_tree import Branch, IndicatorRow
from dashboard.measures.goals import Judged, Share
from dashboard.published import Contradiction
from dashboard.ui.page import Page
from dashboard.ui.render import render

RELATION_WORDS = {
    Relation.SAME: "samma mål",
    Relation.RENAMED: "ny text",
    Relation.MERGED: "sammanslaget",
    Relation.SPLIT: "delat",
    Relation.NONE: "avslutat",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table of report periods: a colour, or words over ``span`` periods when the goal did not hold."""

    span: int
    judged: Judged | None
    words: str
    broken: bool  # the goals were replaced just before this cell
    flags: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionRow:
    goal: Goal
    cells: tuple[Cell, ...]
    first: bool  # the first goal of its version


def _whole(page: Page) -> bool:
    return page.selection.unit == page.facts.catalogue.root


def _shown(page: Page) -> Period | None:
    """The period whose colours are shown. A unit judges itself every month, so its own period always stands."""
    if not _whole(page):
        return page.selection.period
    return goals.judged_period(page.facts, page.selection.period)


def _standings(page: Page) -> tuple[goals.Standing, ...]:
    def make() -> tuple[goals.Standing, ...]:
        period = _shown(page)
        return goals.standings(page.facts, page.selection.with_period(period)) if period else ()

    return page.kept("standings", make)


def goals_headline(page: Page) -> None:
    """Title and lead: how many goals are green, by whom it is judged, and how it was in the period compared with."""
    period, chosen = _shown(page), page.selection.period
    if period is None:
        page.title = f"Ingen bedömning av målen finns för {spoken(chosen)}."
        return
    tiles = [one.tile for one in _standings(page)]
    said = insights.headline(tiles, None)
    if not _whole(page):
        unit = page.facts.catalogue.unit(page.selection.unit)
        page.title = f"{unit.name}: {said[:1].lower()}{said[1:]}"
        page.lead = f"Enhetens egna bedömningar för {period.end.name}. Nämndens bedömning står under var och en."
        return
    page.title = said if period == chosen else f"Senast bedömt, {period.short}: {said[:1].lower()}{said[1:]}"
    page.lead = " ".join(part for part in (_judged_by(page, tiles), _compared(page, period)) if part)


def spoken(period: Period) -> str:
    """The period inside a sentence: ``år 2022``, ``T2 2025 · jan–aug``."""
    return period.label.replace("År ", "år ", 1)


def _judged_by(page: Page, tiles: list[goals.GoalTile]) -> str:
    row = next((tile.judged.row for tile in tiles if tile.judged.row), None)
    if row is None:
        return ""
    return f"Bedömt av {row.judged_by} i {page.facts.catalogue.reports[row.source].short}."


def _compared(page: Page, period: Period) -> str:
    selection = page.selection.with_period(period)
    other = goals.compared_period(page.facts, selection)
    if other is None or goals.judged_period(page.facts, other) != other:
        return ""
    said = insights.headline(goals.tiles(page.facts, selection.with_period(other)), None)
    return f"{other.short}: {said[:1].lower()}{said[1:]}"


def goal_notice(page: Page) -> Markup:
    """What is shown instead when the period has no judgement or no report of its own."""

    def make() -> Markup:
        chosen, found = page.selection.period, goal_tree.tree(page.facts, page.selection)
        report = found.report if found else None
        exact = bool(found and found.exact)
        reports = page.facts.catalogue.reports.values()
        links = [(one.short, page.href("mal", period=str(one.period))) for one in reports]
        return render("goal_notice.html", exact=exact, chosen=spoken(chosen), same=_shown(page) == chosen, report=report, links=links, shown=_shown(page))

    return page.kept("goal_notice", make)


def goal_glance(page: Page) -> Markup:
    """The goals beside each other: colour, nämndmål and the units' share of each."""

    def make() -> Markup:
        found = _standings(page)
        unit = page.facts.catalogue.unit(page.selection.unit)
        return render("goal_glance.html", standings=found, whole=_whole(page), unit=unit, dots=dots) if found else Markup()

    return page.kept("goal_glance", make)


@dataclass(frozen=True, slots=True)
class Dots:
    """One mark per unit, in the order green, yellow, red, and the same in words."""

    marks: tuple[tuple[str, str], ...]  # (class, sign)
    words: str
    note: str


def dots(share: Share) -> Dots:
    """``6 av 11 gröna, 5 röda`` with eleven marks; open marks where the report prints no colours."""
    total = share.total or 0
    if share.green is None:
        note = share.row.note.split(";")[0].strip() if share.row else ""
        return Dots((("open", "△"),) * total, f"{share.text} enheter", note)
    counts = (("green", "▲", share.green), ("yellow", "●", share.yellow or 0), ("red", "■", share.red or 0))
    marks = tuple((name, sign) for name, sign, count in counts for _ in range(count))
    words = [f"{share.green} av {total} {'grön' if share.green == 1 else 'gröna'}"]
    words += [f"{n} {word if n == 1 else word + end}" for n, word, end in _others(share) if n]
    return Dots(marks, ", ".join(words), "")


def _others(share: Share) -> tuple[tuple[int, str, str], ...]:
    return ((share.yellow or 0, "gul", "a"), (share.red or 0, "röd", "a"))


def goal_periods(page: Page) -> Markup:
    """Every judged report period side by side, goals of all versions, with the break drawn."""

    def make() -> Markup:
        rows = goals.over_periods(page.facts)
        periods = goals.report_periods(page.facts)
        changes = _breaks(rows, len(periods))
        heads = [
            (period, page.href("mal", period=str(period)), period == _shown(page), number in changes)
            for number, period in enumerate(periods)
        ]
        return render("goal_periods.html", heads=heads, rows=_version_rows(page, rows, changes))

    return page.kept("goal_periods", make)


Rows = tuple[tuple[Goal, tuple[Judged, ...]], ...]


def _breaks(rows: Rows, width: int) -> frozenset[int]:
    """The columns before which goals were replaced."""
    held = [{goal.id for goal, line in rows if line[column].held} for column in range(width)]
    return frozenset(column for column in range(1, width) if held[column] != held[column - 1])


def _version_rows(page: Page, rows: Rows, changes: frozenset[int]) -> list[VersionRow]:
    found: list[VersionRow] = []
    for number, (goal, line) in enumerate(rows):
        first = number > 0 and goal.valid_from != rows[number - 1][0].valid_from
        found.append(VersionRow(goal, tuple(_cells(page, goal, line, changes)), first))
    return found


def _cells(page: Page, goal: Goal, line: tuple[Judged, ...], changes: frozenset[int]) -> list[Cell]:
    cells: list[Cell] = []
    column = 0
    while column < len(line):
        if line[column].held:
            cells.append(Cell(1, line[column], "", column in changes, _flags(page, line[column])))
            column += 1
            continue
        end = column
        while end < len(line) and not line[end].held:
            end += 1
        words = _fate(page, goal) if column else _roots(page, goal)
        cells.append(Cell(end - column, None, words, column in changes))
        column = end
    return cells


def _flags(page: Page, judged: Judged) -> tuple[Contradiction, ...]:
    """The contradictions on the row's line that are about this goal; the line may hold several goals."""
    row = judged.row
    if row is None:
        return ()
    near = page.facts.flags_by_line.get((row.source, row.line), ())
    return tuple(flag for flag in near if flag.severity == "real" and flag.measure == row.subject)


def _fate(page: Page, goal: Goal) -> str:
    if not goal.successors:
        return "målet avslutades"
    names = [page.facts.catalogue.goals[link.id].short for link in goal.successors]
    return f"→ {listing(names)} ({RELATION_WORDS[goal.successors[0].relation]})"


def _roots(page: Page, goal: Goal) -> str:
    found = goals.origins_of(page.facts, goal)
    if not found:
        return "nytt mål"
    return f"ur {listing([older.short for older, _ in found])} ({RELATION_WORDS[found[0][1].relation]})"


def goal_months(page: Page) -> Markup:
    """Goal by month for the period's year; the unit's own colours when a unit is chosen."""

    def make() -> Markup:
        year = (_shown(page) or page.selection.period).end.year
        rows = goals.months(page.facts, year, page.selection.unit)
        known = [judged for _, line in rows for judged in line if judged.origin]
        lost = bool(known) and all(judged.colour is Colour.UNKNOWN for judged in known)
        links = [(str(one), page.href("mal", period=str(one))) for one in goals.printed_years(page.facts)]
        return render(
            "goal_months.html",
            year=year,
            rows=rows if known else (),
            months=MONTH_SHORT,
            lost=lost,
            demo=any(judged.origin is Origin.SYNTHETIC for judged in known),
            texts=page.facts.catalogue.texts,
            unit=page.facts.catalogue.unit(page.selection.unit),
            whole=_whole(page),
            links=links,
            sentence=_months_sentence(rows) if known and not lost else "",
            counts=goals.green_units(page.facts, year) if _whole(page) else (),
        )

    return page.kept("goal_months", make)


def _months_sentence(rows: Rows) -> str:
    """Which goals were not green, and when."""
    parts = []
    for goal, line in rows:
        for colour in (Colour.RED, Colour.YELLOW):
            hit = [judged.period.end.number for judged in line if judged.colour is colour]
            if hit:
                parts.append(f"{goal.short} var {insights.COLOUR_WORDS[colour]} {_runs(hit)}")
    return f"{listing(parts)}, resten är grönt." if parts else "Alla mål är gröna alla bedömda månader."


def _runs(numbers: list[int]) -> str:
    """``[6, 7, 8, 9]`` → ``juni–sep``"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names = [(MONTH_SHORT[run[0] - 1], MONTH_SHORT[run[-1] - 1]) for run in runs]
    return listing([first if first == last else f"{first}–{last}" for first, last in names])


def goal_branches(page: Page) -> Markup:
    """Every kommunmål with its nämndmål, indicators and measures, as the report prints them."""

    def make() -> Markup:
        found = goal_tree.tree(page.facts, page.selection)
        if found is None:
            return Markup()
        selection = page.selection.with_period(found.report.period)
        whole = _whole(page)
        own = {} if whole else {t.goal.id: t.judged for s in _standings(page) for t in (s.tile, *s.children)}
        return render(
            "goal_branches.html",
            tree=found,
            reports=page.facts.catalogue.reports,
            texts=page.facts.catalogue.texts,
            unit=page.facts.catalogue.unit(page.selection.unit),
            own=own,
            units=page.facts.catalogue.units,
            by_unit=goals.by_unit(page.facts, selection),
            month=found.report.period.end.name,
            dots=dots,
            remark=lambda note: goals.remark(page.facts, note),
            outcome=outcome,
            earlier=earlier,
            needs_care=needs_care,
            lost=Colour.UNKNOWN if any(r.colour is Colour.UNKNOWN for b in found.branches for r in b.rows) else None,
            trend=lambda one: page.href("trender", matt=one) if one in page.facts.catalogue.indicators else "",
        )

    return page.kept("goal_branches", make)


def needs_care(top: Branch, branch: Branch) -> bool:
    """Whether a nämndmål is opened from the start: it, its kommunmål or some of its units are not green."""
    seen = {top.judged.colour, branch.judged.colour}
    return bool(seen & {Colour.RED, Colour.YELLOW})


def outcome(one: IndicatorRow) -> str:
    """The printed outcome; for an indicator in running text the numbers printed for the report's period."""
    if one.row is not None:
        return one.row.outcome
    figures = [figure for figure in one.figures if figure.measure == "utfall"]
    said = [f"{f.qualifier} {quantity(f.value, f.unit, _decimals(f.value))}".strip() for f in figures]
    return ", ".join(dict.fromkeys(said))


def earlier(one: IndicatorRow) -> str:
    """Outcomes of earlier periods on the same line: ``374 (T2 2024)``."""
    row = one.row
    if row is None:
        return ""
    older = [figure for figure in one.figures if figure.when.end < row.when.end and figure.measure == "utfall"]
    return ", ".join(f"{quantity(f.value, f.unit, _decimals(f.value))} ({f.when.short})" for f in older)


def _decimals(value: object) -> int:
    text = str(value)
    return len(text.partition(".")[2])
