"""The sentences: true, Swedish, and saying what the numbers beside them say."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard import insights
from dashboard.domain.model import Colour, Origin
from dashboard.domain.periods import Period
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.text import MINUS, NBSP, THIN
from dashboard.measures import Facts, economy, goals
from dashboard.measures.changes import monthly_changes
from dashboard.measures.economy import Deviation
from dashboard.measures.goals import GoalTile
from dashboard.measures.readings import Reading, reading
from dashboard.measures.risks import board

ROOT = "forvaltningen"
FORECAST = "ekonomi-prognosavvikelse"
COLOURS = {Colour.GREEN, Colour.YELLOW, Colour.RED}


def select(period: str, compare: Compare = Compare.LAST_YEAR, unit: str = ROOT) -> Selection:
    return Selection(Period.parse(period), unit, compare)


def ask(
    facts: Facts, indicator: str, period: str = "2025-T2", compare: Compare = Compare.LAST_YEAR
) -> Reading:
    return reading(facts, indicator, select(period, compare))


def tile(name: str, colour: Colour, facts: Facts) -> GoalTile:
    like = goals.tiles(facts, select("2025-T2"))[0]
    return replace(like, goal=replace(like.goal, short=name), judged=replace(like.judged, colour=colour))


# --- The headline -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (
            "2025-T2",
            "Fyra av fem mål är gröna. Målet Ekonomi är rött. Prognosen är 54,7 mnkr sämre än budget.",
        ),
        (
            "2024-T2",
            "Tre av fyra mål är gröna. Målet Ekonomi är rött. Prognosen är 25,0 mnkr sämre än budget.",
        ),
        ("2023", "Alla fyra mål är gröna. Utfallet blev 9,2 mnkr bättre än budget."),
        ("2025-03", "Ingen bedömning av målen finns för perioden. Prognosen är 3,0 mnkr sämre än budget."),
        ("2031", "Ingen bedömning av målen finns för perioden."),
    ],
)
def test_the_headline_of_every_kind_of_period(facts: Facts, period: str, sentence: str) -> None:
    tiles = goals.tiles(facts, select(period))
    found = insights.headline(tiles, ask(facts, FORECAST, period))
    assert found.replace(NBSP, " ") == sentence


def test_a_month_that_was_judged_speaks_of_its_goals(facts: Facts) -> None:
    judged = [
        month
        for year in goals.printed_years(facts)
        for month in Period.year(year).months
        if any(one.judged.colour in COLOURS for one in goals.tiles(facts, select(str(month))))
    ]
    assert judged
    for month in judged:
        found = insights.headline(goals.tiles(facts, select(str(month))), None)
        assert re.fullmatch(r"(Alla|Inget av|[A-ZÅÄÖ][a-zåäö]+ av) [a-zåäö]+ mål är (gröna|grönt)\..*", found)


@pytest.mark.parametrize(
    ("colours", "sentence"),
    [
        ("gggg", "Alla fyra mål är gröna."),
        ("gggr", "Tre av fyra mål är gröna. Målet D är rött."),
        ("gyr", "Ett av tre mål är grönt. Målet B är gult och C är rött."),
        ("yy", "Inget av två mål är grönt. Målet A är gult och B är gult."),
        ("ggu", "Två av tre mål är gröna."),
        ("u", "Ingen bedömning av målen finns för perioden."),
        ("", "Ingen bedömning av målen finns för perioden."),
    ],
)
def test_goals_are_counted_and_the_ones_that_are_not_green_are_named(
    facts: Facts, colours: str, sentence: str
) -> None:
    kinds = {"g": Colour.GREEN, "y": Colour.YELLOW, "r": Colour.RED, "u": Colour.UNKNOWN}
    tiles = [tile("ABCD"[number], kinds[letter], facts) for number, letter in enumerate(colours)]
    assert insights.headline(tiles, None) == sentence


def test_a_forecast_on_budget_is_neither_better_nor_worse(facts: Facts) -> None:
    found = ask(facts, FORECAST)
    level = replace(found, value=replace(found.value, number=Decimal(0)))
    assert insights.headline([], level).endswith("Prognosen är lika med budget.")


# --- What a change says -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "period", "compare", "words"),
    [
        ("hushall-bistand", "2025-T2", Compare.LAST_YEAR, "+15 mot 374"),
        ("hushall-langvarigt", "2025-T2", Compare.LAST_YEAR, "-26 mot 185"),
        ("sjukfranvaro-r12", "2025-T2", Compare.LAST_YEAR, "-1,66 procentenheter mot 7,35"),
        (FORECAST, "2025-T2", Compare.LAST_YEAR, "-29,7 mnkr mot -25,0 mnkr"),
        ("ekonomi-helarsbudget", "2025-T2", Compare.PREVIOUS, "oförändrat mot -303,9 mnkr"),
        ("egen-forsorjning-andel", "2025-T2", Compare.TARGET, "-3 procentenheter mot 65"),
        ("hushall-bistand", "2025-T2", Compare.TARGET, "mål: färre än samma period året före"),
        ("sommarjobb-erbjudna", "2025-T2", Compare.TARGET, "inget mål är satt"),
        ("bistand-utbetalt", "2025-T2", Compare.PREVIOUS, "T1 2025 · jan–apr är 4 mån och jämförs inte."),
        (
            "egen-forsorjning-andel",
            "2025-T2",
            Compare.LAST_YEAR,
            "Ingen rapport anger måttet för T2 2024 · jan–aug.",
        ),
        ("hushall-bistand", "2026-03", Compare.LAST_YEAR, "ingen jämförelse"),
    ],
)
def test_the_change_in_words(facts: Facts, indicator: str, period: str, compare: Compare, words: str) -> None:
    found = insights.change_text(ask(facts, indicator, period, compare))
    assert found.replace(NBSP, " ").replace(MINUS, "-") == words


def test_amounts_have_the_unit_of_the_measure(facts: Facts) -> None:
    every = facts.catalogue.indicators
    assert insights.amount(-54_669, every[FORECAST], signed=True) == f"{MINUS}54,7{NBSP}mnkr"
    assert insights.amount(5.69, every["sjukfranvaro-r12"]) == f"5,69{NBSP}%"
    assert insights.amount(48_888.0, every["placeringar-dygn"]) == f"48{THIN}888{NBSP}dygn"
    assert insights.amount(None, every[FORECAST]) == "–"


# --- Economy, risks, trends -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2025-T2", "Avdelning barn och unga står för 79 % av underskotten på 78,7 mnkr."),
        ("2024-T2", "Barn- och ungdomsvård står för 80 % av underskotten på 29,6 mnkr."),
        ("2023", "Barn- och ungdomsvård står för 95 % av underskotten på 6,3 mnkr."),
    ],
)
def test_who_stands_for_the_shortfall(facts: Facts, period: str, sentence: str) -> None:
    found = insights.deviation_sentence(economy.deviations(facts, select(period)))
    assert found.replace(NBSP, " ") == sentence


def test_one_or_no_shortfall_has_a_sentence_of_its_own(facts: Facts) -> None:
    unit = facts.catalogue.unit("cai")

    def one(label: str, value: float) -> Deviation:
        return Deviation(unit, label, value, None, Colour.GREEN, Origin.SYNTHETIC)

    assert insights.deviation_sentence([]) == "Inga avvikelser att visa."
    assert (
        insights.deviation_sentence([one("A", 0), one("B", 900)]) == "Ingen del ligger sämre till än budget."
    )
    alone = insights.deviation_sentence([one("A", -1_500), one("B", 900)])
    assert alone.replace(NBSP, " ") == "A står för hela underskottet, 1,5 mnkr."


def test_the_highest_risk_and_how_many_have_moved(facts: Facts) -> None:
    found = insights.risk_sentence(board(facts, select("2025-T2")))
    assert found == (
        "Högst är Dyra externa placeringar med värdet 25. Tre av åtta risker har minskat sedan Delår 2 2024."
    )
    alone = insights.risk_sentence(board(facts, select("2025-T2", Compare.TARGET)))
    assert alone == "Högst är Dyra externa placeringar med värdet 25."
    assert insights.risk_sentence(board(facts, select("2020"))).startswith("Ingen rapport med risker finns")


@pytest.mark.parametrize("period", ["2025-T2", "2024-T2", "2023", "2025-03", "R12-2025-03", "2031"])
def test_no_sentence_shows_what_a_program_would_write(facts: Facts, period: str) -> None:
    selection = select(period)
    said = [
        insights.headline(goals.tiles(facts, selection), ask(facts, FORECAST, period)),
        insights.deviation_sentence(economy.deviations(facts, selection)),
        insights.risk_sentence(board(facts, selection)),
        *(insights.change_text(ask(facts, name, period)) for name in facts.catalogue.indicators),
    ]
    for sentence in said:
        assert sentence
        assert not re.search(r"\b(None|nan|inf|True|False)\b|[0-9]\.[0-9]|-[0-9]|  ", sentence), sentence


@pytest.mark.parametrize(
    ("indicator", "period", "compare", "words"),
    [
        ("personalomsattning", "2024-T2", Compare.LAST_YEAR, "cirka -2 procentenheter mot drygt 9"),
        ("sjukfranvaro-r12", "2025-T2", Compare.LAST_YEAR, "-1,66 procentenheter mot 7,35"),
        ("egen-forsorjning-andel", "2025-T2", Compare.TARGET, "-3 procentenheter mot 65"),
        ("barn-bistand", "2025-T2", Compare.PREVIOUS, "cirka +16 mot 112 (juli–dec 2024)"),
        ("ekonomi-avvikelse", "2025-T2", Compare.LAST_YEAR, "-49,7 mnkr mot -20,4 mnkr"),
        ("ekonomi-prognos", "2025-T2", Compare.LAST_YEAR, "-24,7 mnkr mot -333,9 mnkr"),
    ],
)
def test_a_change_follows_from_what_is_shown_and_is_no_more_exact(
    facts: Facts, indicator: str, period: str, compare: Compare, words: str
) -> None:
    found = insights.change_text(ask(facts, indicator, period, compare))
    assert found.replace(NBSP, " ").replace(MINUS, "-") == words


@pytest.mark.parametrize("period", ["2022", "2024", "2024-12"])
def test_a_closed_year_has_an_outcome_and_no_forecast(facts: Facts, period: str) -> None:
    said = insights.headline((), ask(facts, FORECAST, period, Compare.LAST_YEAR))
    assert "Utfallet blev" in said
    assert "Prognos" not in said
    selection = Selection(Period.parse(period), ROOT, Compare.LAST_YEAR)
    assert not any(
        one.text.startswith("Prognos") for one in insights.insights(facts, selection, most=40).insights
    )
    assert FORECAST not in {one.indicator.id for one in monthly_changes(facts, selection)}


@pytest.mark.parametrize("period", ["2025-08", "2025-T2", "R12-2025-08"])
def test_a_number_that_another_contradicts_is_marked_whatever_the_period_is_called(
    facts: Facts, period: str
) -> None:
    found = insights.insights(facts, select(period), ["sjukfranvaro-r12"])
    said = [one.text for one in found.insights if "har minskat från 7,35" in one.text]
    assert said
    assert all("⚑ 7,35" in text for text in said)
