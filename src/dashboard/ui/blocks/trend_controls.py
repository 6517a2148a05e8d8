"""What can be chosen on Trender: measure, units, view, time, what it is divided by; and ready-made comparisons."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.charts import unit_colour
from dashboard.domain.model import Indicator, Nature, Unit
from dashboard.domain.periods import Month
from dashboard.measures import trend as trends
from dashboard.measures.rates import rates_for
from dashboard.ui.blocks.options import Group, Option
from dashboard.ui.blocks.trend_choice import BEFORE, INDEX, LAST_YEAR, SPC, YEARS, Choice, choice
from dashboard.ui.page import Page
from dashboard.ui.render import render

VIEWS = (
    (trends.MONTHLY, "Månad för månad"),
    (trends.R12, "Rullande tolv månader (R12)"),
    (YEARS, "År för år"),
    (INDEX, "Index från en basmånad"),
    (SPC, "Signal eller slump"),
)
ALL_OF = (("avdelning", "Alla avdelningar"), ("enhet", "Alla enheter"), ("team", "Alla team"))


def trend_controls(page: Page) -> Markup:
    """Which indicator, which units, which view."""

    def make() -> Markup:
        chosen = choice(page)
        catalogue = page.facts.catalogue
        lines = [
            (LAST_YEAR, "Visa året före", chosen.last_year),
            (BEFORE, "Visa perioden före", chosen.before),
        ]
        return render(
            "trend_controls.html",
            indicators=_indicators(page, chosen.indicator),
            units=_units(page, chosen),
            unit=catalogue.unit(page.selection.unit),
            colour=unit_colour(catalogue.units, page.selection.unit),
            extra=len(chosen.units) - 1,
            views=[Option(value, label, chosen.view == value) for value, label in VIEWS],
            starts=_starts(page, chosen) if chosen.view != YEARS else (),
            rates=_rates(page, chosen),
            bases=_bases(page, chosen) if chosen.view == INDEX and not chosen.refused else (),
            lines=lines if chosen.lines else (),
            presets=_presets(page, chosen),
            said=chosen.said,
        )

    return page.kept("controls", make)


def _starts(page: Page, chosen: Choice) -> list[Option]:
    last = page.selection.period.end
    starts = [("", "Hela serien"), (str(last.shift(-23)), "24 månader"), (str(last.shift(-11)), "12 månader")]
    given = str(chosen.first or "")
    if chosen.first and given not in [value for value, _ in starts]:
        starts.append((given, f"Från {chosen.first.name}"))
    return [Option(value, label, value == given) for value, label in starts]


def _rates(page: Page, chosen: Choice) -> list[Option]:
    """Nothing to choose for a measure that the catalogue divides by nothing."""
    found = () if chosen.spc else rates_for(page.facts.catalogue, chosen.indicator)
    if not found:
        return []
    return [
        Option("", "Som det är", not chosen.per),
        *(Option(rate.id, rate.name, rate.id == chosen.per) for rate in found),
    ]


def _bases(page: Page, chosen: Choice) -> list[Option]:
    """The first month that all share, each January since, and the one that is chosen."""
    span = page.once("span", page.facts.span)
    last = page.selection.period.end
    first = max(filter(None, (chosen.first, span[0] if span else None)), default=last)
    months = [Month(year, 1) for year in range(first.year, last.year + 1) if first <= Month(year, 1) <= last]
    if chosen.base is not None and chosen.base not in months:
        months = sorted([*months, chosen.base])
    options = [Option(str(month), month.name.capitalize(), month == chosen.base) for month in months]
    return [Option("", "Första gemensamma", chosen.base is None), *options]


def _presets(page: Page, chosen: Choice) -> list[tuple[str, str]]:
    """Comparisons in one step, as (text, address): with the whole, with all of one kind, and back to one."""
    catalogue, selection = page.facts.catalogue, page.selection
    ways = []

    def way(text: str, units: list[str], **more: str | None) -> None:
        extra = [unit for unit in units if unit != selection.unit]
        if set(extra) | {selection.unit} != set(chosen.units):
            href = page.query.href(page.info.path, keep_own=True, enheter=",".join(extra) or None, **more)
            ways.append((text, href))

    if not chosen.indicator.monthly:
        return []
    if selection.unit != catalogue.root and catalogue.root not in chosen.units:
        # What is counted is as large as the unit is: beside the whole it says something only as an index.
        counted = chosen.shown.nature in {Nature.STOCK, Nature.FLOW} and chosen.lines
        more: dict[str, str | None] = {"vy": INDEX} if counted else {}
        way("Mot hela förvaltningen", [*chosen.units, catalogue.root], **more)
    for kind, text in ALL_OF:
        if kind in chosen.shown.levels:
            same = [
                unit.id
                for unit in catalogue.units.values()
                if unit.kind == kind and unit.existed(selection.period.end)
            ]
            way(text, same)
    if len(chosen.units) > 1:
        way(f"Bara {catalogue.unit(selection.unit).short}", [])
    return ways


def _indicators(page: Page, chosen: Indicator) -> list[Group]:
    """Indicators with numbers, by theme; a chosen one without numbers stays in the list."""
    catalogue = page.facts.catalogue
    printed = {indicator for indicator, _, _ in page.facts.by_series}
    groups = []
    for theme, name in catalogue.board.themes.items():
        inside = [one for one in catalogue.indicators.values() if one.theme == theme]
        shown = [one for one in inside if one.monthly or one.id in printed or one.id == chosen.id]
        options = [
            Option(
                one.id, one.short if one.monthly else f"{one.short} (bara tryckta tal)", one.id == chosen.id
            )
            for one in shown
        ]
        if options:
            groups.append(Group(name, tuple(options)))
    return groups


def _units(page: Page, chosen: Choice) -> list[Group]:
    """The units that have the measure, by kind and, for the accounts, by the years they were divided so."""
    catalogue = page.facts.catalogue
    known = {unit for indicator, unit, _ in page.facts.by_series if indicator == chosen.indicator.id}
    groups: dict[str, list[Option]] = {}
    for unit in catalogue.units.values():
        can = unit.kind in chosen.shown.levels if chosen.indicator.monthly else unit.id in known
        if unit.id == page.selection.unit or not (can or unit.id in chosen.units):
            continue
        label = catalogue.board.kinds[unit.kind]
        if unit.kind in {"verksamhet", "varav", "buffert"}:
            label = f"{label} {_years(unit)}"
        option = Option(unit.id, unit.name, unit.id in chosen.units, unit_colour(catalogue.units, unit.id))
        groups.setdefault(label, []).append(option)
    return [Group(label, tuple(options)) for label, options in groups.items()]


def _years(unit: Unit) -> str:
    if unit.valid_to is None:
        return f"från {unit.valid_from.year}"
    same = unit.valid_to.year == unit.valid_from.year
    return f"{unit.valid_from.year}" if same else f"{unit.valid_from.year}–{unit.valid_to.year}"
