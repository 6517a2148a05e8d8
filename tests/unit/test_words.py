"""Small words of sentences, each where a number or a name would mislead."""

from __future__ import annotations

import pytest

from dashboard.domain.periods import Month, Period
from dashboard.domain.spc import Limits
from dashboard.domain.text import NBSP
from dashboard.insights.words import every
from dashboard.intake.shapes import Fault, Place, Severity, Step, wanted
from dashboard.measures import Facts
from dashboard.measures.spc import telling_apart
from dashboard.ui.blocks.economy_forecast_words import _between
from dashboard.ui.blocks.trend_words import span


@pytest.mark.parametrize(("count", "words"), [(2, "Båda"), (3, "Alla tre"), (20, "Alla 20")])
def test_two_are_both(count: int, words: str) -> None:
    assert every(count) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-01", "2024-03", "jan–mars 2024"),
        ("2022-01", "2025-08", "jan 2022–aug 2025"),
        ("2025-08", "2025-08", "aug 2025"),
    ],
)
def test_a_span_says_each_thing_once(first: str, last: str, words: str) -> None:
    assert span(Month.parse(first), Month.parse(last)) == words


def test_a_range_whose_ends_look_the_same_is_one_amount() -> None:
    assert _between((-140.0, -110.0)).replace(NBSP, " ") == "−0,1 mnkr"
    assert _between((-380.0, -110.0)).replace(NBSP, " ") == "−0,1 till −0,4 mnkr"


def test_a_value_beyond_its_limit_is_shown_with_decimals_that_tell_them_apart(facts: Facts) -> None:
    indicator = facts.catalogue.indicator("sjukfranvaro")
    limits = Limits(4.97, 0.04, 4.87, 5.0659, 4.9, 5.03, provisional=False)
    assert telling_apart(5.0741, limits, indicator) == 3
    assert telling_apart(5.2, limits, indicator) == indicator.decimals


def test_what_was_expected_is_said_once_and_a_question_ends_itself() -> None:
    expected = "en enhet som finns i katalogen (enhet); menas ”barn och unga”?"
    message = f"”barn ungdom” går inte att läsa som enhet. {wanted(expected)}"
    place = Place("fil.csv", "", 2, 0)
    fault = Fault(Step.FORM, Severity.ERROR, place, "bistand", "unit", "barn ungdom", expected, message, "k")
    assert message.endswith("menas ”barn och unga”?")
    assert fault.wrong == "”barn ungdom” går inte att läsa som enhet."
    assert wanted("en månad") == "Väntade en månad."


def test_a_caveat_of_a_year_stands_by_that_years_values_and_where_the_measure_is_described(
    facts: Facts,
) -> None:
    one = facts.catalogue.indicator("ekonomi-prognosavvikelse")
    assert one.caveats_of(Period.parse("2024-T2")) == ()
    assert any("omvärldsbufferten" in text for text in one.caveats_of(Period.parse("2025-T2")))
    assert any(text.startswith("2025: ") for text in one.every_caveat)
