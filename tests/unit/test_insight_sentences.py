"""Each kind of sentence on series and judgements made so that the right one is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.domain import spc
from dashboard.domain.model import Colour, Direction, Origin
from dashboard.domain.periods import Month, Period, PeriodKind
from dashboard.domain.selection import Compare, Selection
from dashboard.domain.series import Point
from dashboard.domain.spc_data import raw_monthly
from dashboard.domain.text import NBSP, THIN
from dashboard.insights import Insight, Kind, insights
from dashboard.insights.collect import delivered_before, followed
from dashboard.insights.judged import disagreement_insights, risk_insights, status_insights
from dashboard.insights.judged import told as held_words
from dashboard.insights.months import month_insight, record
from dashboard.insights.numbers import change_insights, forecast_insight, part_insight, reading_insight
from dashboard.measures import Facts, economy, goals
from dashboard.measures.changes import changes
from dashboard.measures.disagreements import disagreements, statuses
from dashboard.measures.readings import readings
from dashboard.measures.risks import board
from dashboard.measures.spc_latest import Months, known_months, latest, months_of

ROOT = "forvaltningen"
FIRST = Month(2022, 1)
STEADY = [
    50.0,
    52.0,
    49.0,
    51.0,
    48.0,
    50.0,
    52.0,
    47.0,
    51.0,
    49.0,
    50.0,
    48.0,
    52.0,
    49.0,
    51.0,
    50.0,
    48.0,
    51.0,
]


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace(THIN, " ")


def made(catalogue: Catalogue, values: Sequence[float | None], origin: Origin = Origin.IMPORTED) -> Months:
    return Months(catalogue.indicator("hushall-bistand"), ROOT, FIRST, tuple(values), origin)


def month_said(
    catalogue: Catalogue, values: Sequence[float | None], origin: Origin = Origin.IMPORTED
) -> Insight | None:
    months = made(catalogue, values, origin)
    return asked(catalogue, months, months)


def asked(catalogue: Catalogue, raw: Months, shown: Months) -> Insight | None:
    """What the last month says; ``shown`` is another series than the raw one for a rolling measure."""
    last = raw.first.shift(len(raw.values) - 1)
    now, before = latest(catalogue, raw, last), latest(catalogue, raw, last.shift(-1))
    return month_insight(shown.indicator, raw, now, before, None if shown is raw else shown)


def select(period: str, compare: Compare = Compare.LAST_YEAR, unit: str = ROOT) -> Selection:
    return Selection(Period.parse(period), unit, compare)


def told(facts: Facts, period: str, compare: Compare = Compare.LAST_YEAR, unit: str = ROOT) -> list[str]:
    return [plain(one.text) for one in insights(facts, select(period, compare, unit)).insights]


# --- Signals and records ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tail", "kind", "words"),
    [
        (
            [70.0],
            Kind.SIGNAL,
            r"Hushåll med bistånd var 70 i juli 2023, över det vanliga \(\d\d,\d till \d\d,\d\), "
            r"det högsta sedan serien började i januari 2022: sämre än vanligt\.",
        ),
        (
            [30.0],
            Kind.SIGNAL,
            r"Hushåll med bistånd var 30 i juli 2023, under det vanliga .* bättre än vanligt\.",
        ),
        (
            [49.9, 50.1, 50.3, 50.5, 50.7, 50.9, 51.1],
            Kind.SIGNAL,
            r"Hushåll med bistånd har stigit minst sju månader i rad och var 51 i januari 2024: sämre än vanligt\.",
        ),
        (
            [51.0, 50.6, 51.2, 50.7, 51.1, 50.9],
            Kind.SIGNAL,
            r"Hushåll med bistånd har legat över sitt medel \(50,1\) minst sju månader i rad .*sämre än vanligt\.",
        ),
        (
            [56.0, 50.0, 56.0],
            Kind.SIGNAL,
            r"Hushåll med bistånd har legat ovanligt högt två av de tre senaste månaderna och var 56 .*",
        ),
    ],
)
def test_a_new_signal_says_what_fired_and_which_way(
    catalogue: Catalogue, tail: list[float], kind: Kind, words: str
) -> None:
    found = month_said(catalogue, [*STEADY, *tail])
    assert found
    assert found.kind is kind
    assert re.fullmatch(words, plain(found.text)), found.text
    assert dict(found.target.params) == {"matt": "hushall-bistand", "vy": "spc"}


def test_a_signal_that_was_there_last_month_is_not_told_again(catalogue: Catalogue) -> None:
    assert month_said(catalogue, [*STEADY, 70.0])
    again = month_said(catalogue, [*STEADY, 70.0, 69.0])
    assert again is None


def test_a_signal_the_other_way_is_new(catalogue: Catalogue) -> None:
    found = month_said(catalogue, [*STEADY, 70.0, 30.0])
    assert found
    assert found.kind is Kind.SIGNAL
    assert "bättre än vanligt" in found.text


def test_a_record_is_told_while_the_months_are_out_of_the_ordinary(catalogue: Catalogue) -> None:
    found = month_said(catalogue, [*STEADY, 70.0, 72.0])
    assert found
    assert found.kind is Kind.RECORD
    assert plain(found.text) == (
        "Hushåll med bistånd var 72 i augusti 2023, det högsta sedan serien började i januari 2022: sämre än vanligt."
    )
    first = month_said(catalogue, [*STEADY, 70.0])
    assert first
    assert found.weight.newness < first.weight.newness  # the month before held the record too


def test_a_record_names_the_last_month_that_was_as_high(catalogue: Catalogue) -> None:
    months = made(catalogue, [80.0, *STEADY, 70.0])
    found = record(months, FIRST.shift(len(STEADY) + 1))
    assert found
    assert (found.highest, found.months, found.since) == (True, len(STEADY), FIRST)
    tie = record(made(catalogue, [70.0, *STEADY, 70.0]), FIRST.shift(len(STEADY) + 1))
    assert tie
    assert tie.since == FIRST  # as high is no record


def test_highest_in_less_than_a_year_is_no_record(catalogue: Catalogue) -> None:
    values = [90.0, *STEADY[:11], 60.0]
    assert record(made(catalogue, values), FIRST.shift(len(values) - 1)) is None


@given(st.lists(st.floats(40, 60), min_size=13, max_size=48))
def test_common_variation_is_never_told(catalogue: Catalogue, values: list[float]) -> None:
    found = spc.analyse(values, direction=Direction.LOWER, floor=0.0)
    assume(isinstance(found, spc.Xmr) and found.variation is spc.Variation.COMMON)
    assert month_said(catalogue, values) is None


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=40), st.booleans())
def test_the_last_month_is_what_the_whole_analysis_says_of_it(
    values: list[float | None], bounded: bool
) -> None:
    floor = 0.0 if bounded else None
    quick = spc.latest(values, direction=Direction.LOWER, floor=floor)
    whole = spc.analyse(values, direction=Direction.LOWER, floor=floor)
    if quick is None:
        assert values[-1] is None or isinstance(whole, spc.Refusal)
        return
    assert isinstance(whole, spc.Xmr)
    assert whole.now.limits == quick[0]
    assert whole.signals[-1] == quick[1]


def test_the_store_and_given_points_give_the_same_month(facts: Facts) -> None:
    for name in ("sjukfranvaro-r12", "placeringar-externa", "langvarigt-andel"):
        points = facts.whole([name], [ROOT])[(name, ROOT)]
        given_points = months_of(facts.catalogue, facts.catalogue.indicator(name), ROOT, points)
        assert given_points == known_months(facts, name, ROOT)


def test_rolling_and_accumulated_measures_have_no_signals(facts: Facts) -> None:
    for one in facts.catalogue.indicators.values():
        months = known_months(facts, one.id, ROOT)
        if months is not None:
            assert raw_monthly(months.indicator), one.id
    for name in ("ekonomi-utfall", "ekonomi-avvikelse", "ekonomi-prognos", "personalomsattning"):
        assert known_months(facts, name, ROOT) is None
    for period in ("2025-T2", "2025-08", "2025-03", "2024-T1"):
        for said in insights(facts, select(period), most=40).insights:
            if said.kind is Kind.SIGNAL:
                assert raw_monthly(facts.catalogue.indicator(dict(said.target.params)["matt"]))


def test_a_rolling_measure_has_a_record_only_while_its_own_months_are_unusual(catalogue: Catalogue) -> None:
    indicator = catalogue.indicator("sjukfranvaro-r12")
    raw = catalogue.indicator("sjukfranvaro")
    falling = Months(indicator, ROOT, FIRST, tuple(8 - 0.1 * n for n in range(19)), Origin.IMPORTED)
    steady = Months(raw, ROOT, FIRST, (*(one / 10 for one in STEADY), 5.0), Origin.IMPORTED)
    assert asked(catalogue, steady, falling) is None
    sunken = replace(steady, values=(*steady.values[:-1], 3.0))
    found = asked(catalogue, sunken, falling)
    assert found
    assert plain(found.text) == (
        "Sjukfrånvaro R12 var 6,20 % i juli 2023, det lägsta sedan serien började i januari 2022: bättre än vanligt."
    )


def test_demo_months_weigh_less_than_imported_ones_and_say_so(catalogue: Catalogue) -> None:
    imported = month_said(catalogue, [*STEADY, 70.0])
    demo = month_said(catalogue, [*STEADY, 70.0], Origin.SYNTHETIC)
    assert imported
    assert demo
    assert demo.text == imported.text
    assert (demo.origin, imported.origin) == (Origin.SYNTHETIC, Origin.IMPORTED)
    assert demo.weight.total < imported.weight.total
    assert "Underlag: demo." in demo.why
    assert "Underlag: inlästa månader." in imported.why


def test_provisional_limits_are_less_sure(catalogue: Catalogue) -> None:
    few = month_said(catalogue, [*STEADY[:9], 90.0])
    many = month_said(catalogue, [*STEADY, 90.0])
    assert few
    assert many
    assert few.weight.certainty < many.weight.certainty


def test_too_few_months_say_nothing(catalogue: Catalogue) -> None:
    assert month_said(catalogue, [50.0, 52.0, 90.0]) is None
    assert month_said(catalogue, [*STEADY, None]) is None
    assert month_said(catalogue, [50.0] * 20) is None


# --- Changes, budget, forecast ----------------------------------------------------------------------------


def test_printed_changes_say_from_what_to_what(facts: Facts) -> None:
    found = list(change_insights(changes(facts, select("2025-T2")), ROOT, 0.8))
    said = {plain(one.text) for one in found}
    assert (
        "Personalomsättning har ökat från 8,26 % (R12 aug 2024) till 9,85 %, åt fel håll. "
        "⚑ 8,26 % och 9,85 % motsägs av andra tal." in said
    )
    assert (
        "Sjukfrånvaro R12 har minskat från 7,35 % (R12 aug 2024) till 5,69 %, åt rätt håll. "
        "⚑ 7,35 % motsägs av andra tal." in said
    )
    assert not any("389" in text for text in said)  # four per cent is not large
    assert all(one.origin is Origin.PUBLISHED for one in found)


def test_a_change_between_months_is_told_only_when_the_month_is_unusual(facts: Facts) -> None:
    selection = select("2025-03")
    told_of = {name for one in insights(facts, selection, most=40).insights for name in one.subjects}
    for one in readings(facts, followed(facts), selection, spark=False):
        months = known_months(facts, one.indicator.id, ROOT)
        now = latest(facts.catalogue, months, Month(2025, 3)) if months else None
        if now is not None and now.sign is None:
            assert f"mått:{one.indicator.id}" not in told_of, one.indicator.id


def test_a_reading_without_a_comparison_or_change_says_nothing(facts: Facts) -> None:
    (one,) = readings(facts, ["placeringar-externa"], select("2025-03"))
    assert one.change
    assert reading_insight(one, 1.0)
    assert reading_insight(replace(one, against=None), 1.0) is None
    assert reading_insight(replace(one, change=0.0), 1.0) is None


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2025-T2", "Avdelning barn och unga väntas gå 62,0 mnkr över sin budget för 2025, 47 % av den."),
        ("2024-T2", "Barn- och ungdomsvård väntas gå 23,8 mnkr över sin budget för 2024, 30 % av den."),
    ],
)
def test_the_part_furthest_from_its_budget(facts: Facts, period: str, sentence: str) -> None:
    found = part_insight(economy.deviations(facts, select(period)), Period.parse(period))
    assert found
    assert plain(found.text) == sentence


def test_no_part_is_named_when_none_is_worse_or_there_is_only_one(facts: Facts) -> None:
    parts = economy.deviations(facts, select("2025-T2"))
    when = Period.parse("2025-T2")
    assert part_insight(parts[:1], when) is None
    assert part_insight([replace(one, value=abs(one.value)) for one in parts], when) is None
    assert part_insight([replace(one, colour=Colour.GREEN) for one in parts], when) is None


def test_the_forecast_moves_from_the_one_before() -> None:
    worse = forecast_insight(-11_000, -300_000, 2025, Month(2025, 2), Origin.SYNTHETIC, ROOT, "prognos")
    better = forecast_insight(11_000, -300_000, 2025, None, Origin.PUBLISHED, ROOT, "prognos")
    assert worse
    assert better
    assert worse.subjects == {"mått:prognos"}
    assert plain(worse.text) == "Prognosen för 2025 har försämrats med 11,0 mnkr sedan februari 2025."
    assert plain(better.text) == "Prognosen för 2025 har förbättrats med 11,0 mnkr sedan den förra prognosen."
    assert forecast_insight(-1_000, -300_000, 2025, None, Origin.PUBLISHED, ROOT, "prognos") is None
    assert forecast_insight(-11_000, None, 2025, None, Origin.PUBLISHED, ROOT, "prognos") is None
    assert forecast_insight(-11_000, 0, 2025, None, Origin.PUBLISHED, ROOT, "prognos") is None


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2025-08", "2025-07"),
        ("2025-01", None),
        ("2025-T2", "2025-04"),
        ("2025-T1", None),
        ("R12-2025-03", "2025-02"),
    ],
)
def test_the_forecast_before_is_of_the_same_year(period: str, before: str | None) -> None:
    found = delivered_before(Period.parse(period))
    assert (str(found) if found else None) == before


def test_the_reports_own_change_since_its_last_forecast_speaks_before_the_months(facts: Facts) -> None:
    assert told(facts, "2025-T2")[0] == (
        "Prognosen för 2025 har försämrats med 33,7 mnkr sedan den förra prognosen."
    )


# --- Judgements -------------------------------------------------------------------------------------------


def test_a_goal_that_has_changed_colour(facts: Facts) -> None:
    found = list(status_insights(goals.tiles(facts, select("2024-T2", Compare.PREVIOUS))))
    assert [one.text for one in found] == ["Målet Ekonomi är rött; T1 2024 var det grönt."]
    assert found[0].target.anchor == "mal-mo-ekonomi"
    july = list(status_insights(goals.tiles(facts, select("2023-10", Compare.PREVIOUS))))
    assert [one.text for one in july] == ["Målet Medarbetare är grönt; sep 2023 var det gult."]
    assert july[0].weight.total < found[0].weight.total


def test_a_colour_that_the_text_lost_has_not_changed(facts: Facts) -> None:
    assert list(status_insights(goals.tiles(facts, select("2024-05", Compare.PREVIOUS)))) == []


def test_a_green_goal_whose_indicators_say_otherwise(facts: Facts) -> None:
    found = disagreement_insights(disagreements(facts, Period.parse("2025-T2")))
    assert [plain(one.text) for one in found] == [
        "Målet Hållbarhet är bedömt grönt, men till egen försörjning är 62 % mot målet minst 65 % och hushåll med "
        "bistånd är 389 mot 374 ett år tidigare.",
        "Målet Medarbetare är bedömt grönt, men personalomsättning är 9,85 % mot 8,26 % ett år tidigare. "
        "⚑ 9,85 % och 8,26 % motsägs av andra tal.",
    ]


def test_a_red_goal_whose_indicators_are_met_is_said_too(facts: Facts) -> None:
    like = disagreements(facts, Period.parse("2025-T2"))[0]
    met = tuple(one for one in like.held if one.colour is Colour.GREEN)
    red = replace(like, judged=replace(like.judged, colour=Colour.RED), rule=Colour.GREEN, held=met)
    (found,) = disagreement_insights([red])
    assert found.text == "Målet Hållbarhet är bedömt rött, men alla tre indikatorer når sina mål."


def test_risks_that_have_moved_and_new_ones(facts: Facts) -> None:
    found = [one.text for one in risk_insights(board(facts, select("2025-T2")), 15)]
    assert "Risken långsam digital utveckling har minskat från 25 till 16 sedan Delår 2 2024." in found
    assert any(text.startswith("Ny risk sedan Delår 2 2024: ") for text in found)
    assert list(risk_insights(board(facts, select("2025-T2", Compare.TARGET)), 15)) == []


def test_old_risks_are_no_news_in_a_month_without_a_report(facts: Facts) -> None:
    assert not [text for text in told(facts, "2025-03", Compare.PREVIOUS) if "isk" in text.split()[0]]


# --- All together -----------------------------------------------------------------------------------------


def test_what_the_board_reads_first_at_t2_2025(facts: Facts) -> None:
    assert told(facts, "2025-T2") == [
        "Prognosen för 2025 har försämrats med 33,7 mnkr sedan den förra prognosen.",
        "Avdelning barn och unga väntas gå 62,0 mnkr över sin budget för 2025, 47 % av den.",
        "Målet Medarbetare är bedömt grönt, men personalomsättning är 9,85 % mot 8,26 % ett år tidigare. "
        "⚑ 9,85 % och 8,26 % motsägs av andra tal.",
        "Risken långsam digital utveckling har minskat från 25 till 16 sedan Delår 2 2024.",
        "Målet Hållbarhet är bedömt grönt, men till egen försörjning är 62 % mot målet minst 65 % och hushåll med "
        "bistånd är 389 mot 374 ett år tidigare.",
    ]


@pytest.mark.parametrize("compare", list(Compare))
@pytest.mark.parametrize(
    "period", ["2025-T2", "2024-T2", "2023", "2025-08", "2023-06", "R12-2025-03", "2030-01"]
)
def test_no_two_sentences_say_the_same_and_none_reads_like_a_program(
    facts: Facts, period: str, compare: Compare
) -> None:
    found = insights(facts, select(period, compare)).insights
    assert len(found) <= 5
    assert len({name for one in found for name in one.subjects}) == sum(len(one.subjects) for one in found)
    for one in found:
        assert one.text.endswith(".")
        assert one.origin is not None
        assert not re.search(r"\b(None|nan|inf|True|False)\b|\d\.\d|-\d|  ", one.text), one.text


def test_a_unit_hears_nothing_of_the_whole_boards_goals_and_risks(facts: Facts) -> None:
    found = insights(facts, select("2025-T2", unit="avd-barn-unga"), most=40).insights
    assert not {one.kind for one in found} & {Kind.STATUS, Kind.DISAGREEMENT, Kind.RISK}
    assert all(one.origin is Origin.SYNTHETIC for one in found if one.kind in {Kind.SIGNAL, Kind.RECORD})


def test_a_topic_speaks_of_its_own_measures_only(facts: Facts) -> None:
    mine = {"sjukfranvaro-r12", "sjukfranvaro", "personalomsattning", "puls"}
    found = insights(facts, select("2025-T2"), sorted(mine)).insights
    assert found
    for one in found:
        named = {name.removeprefix("mått:") for name in one.subjects if name.startswith("mått:")}
        assert named <= mine


def test_nothing_to_look_at_is_told_from_nothing_unusual(facts: Facts, empty_facts: Facts) -> None:
    assert not insights(facts, select("2031")).anything
    assert not insights(empty_facts, select("2025-03")).anything
    assert insights(empty_facts, select("2025-T2")).anything
    quiet = insights(facts, select("2025-08"), ["utredningar-inledda"])
    assert quiet.anything
    assert quiet.insights == ()


def test_asking_again_asks_the_store_nothing(facts: Facts) -> None:
    insights(facts, select("2025-05"))
    before = facts.warehouse.counter.queries
    insights(facts, select("2025-04"))
    assert facts.warehouse.counter.queries - before <= 2  # the parts' forecasts and another year's judgements


def test_points_are_what_a_series_is_made_of(catalogue: Catalogue) -> None:
    points = {
        FIRST.shift(n): Point(FIRST.shift(n), value, None, Origin.IMPORTED) for n, value in enumerate(STEADY)
    }
    months = months_of(catalogue, catalogue.indicator("hushall-bistand"), ROOT, points)
    assert months
    assert months.values == tuple(STEADY)
    assert months_of(catalogue, catalogue.indicator("hushall-bistand"), ROOT, {}) is None
    assert Period.parse("2025-T2").kind is PeriodKind.YTD


def test_a_rolling_series_begins_with_its_first_whole_year(catalogue: Catalogue) -> None:
    """Eleven months without a value are no part of it: it cannot be the lowest since a month that it does not have."""
    indicator = catalogue.indicator("sjukfranvaro-r12")
    values = (None,) * 11 + tuple(8.0 - at / 10 for at in range(20))
    rolled = Months(indicator, ROOT, FIRST, values, Origin.IMPORTED)
    last = FIRST.shift(len(values) - 1)
    found = record(rolled, last)
    assert found is not None
    assert (found.highest, found.months, found.since) == (False, 19, None)
    months = Months(indicator, ROOT, FIRST, tuple([5.0, 6.0] * 15 + [0.0]), Origin.IMPORTED)
    now = latest(catalogue, months, last)
    assert now is not None
    assert now.sign is not None
    said = month_insight(indicator, months, now, now, rolled)
    assert said is not None
    assert "det lägsta sedan serien började i december 2022" in plain(said.text)


def test_eleven_values_of_a_rolling_series_are_no_year(catalogue: Catalogue) -> None:
    indicator = catalogue.indicator("sjukfranvaro-r12")
    values = (None,) * 11 + tuple(8.0 - at / 10 for at in range(11))
    rolled = Months(indicator, ROOT, FIRST, values, Origin.IMPORTED)
    assert record(rolled, FIRST.shift(len(values) - 1)) is None


def test_a_number_that_another_contradicts_is_marked_in_the_sentence_and_weighs_less(facts: Facts) -> None:
    """The report heads 185 as the outcome of 2024; it is April's, and August has 180 in the report of that time."""
    found = {one.indicator.id: one for one in changes(facts, select("2025-T2"))}
    doubted, sure = found["hushall-langvarigt"], found["hushall-bistand"]
    (said,) = change_insights([doubted], ROOT, 0.8)
    assert "från 185 (T2 2024) till 159" in plain(said.text)
    assert plain(said.text).endswith("⚑ 185 och 159 motsägs av andra tal.")
    assert said.weight.certainty == pytest.approx(0.8)
    assert sure.flags  # a colour is questioned, not the number
    assert not sure.doubted


def test_the_limit_of_a_scale_is_no_target_and_a_hedge_is_kept(facts: Facts) -> None:
    (held,) = (
        held
        for status in statuses(facts, Period.year(2023))
        for held in status.held
        if held.indicator.id == "puls"
    )
    assert plain(held_words(held)) == "pulsmätaren är över 3 (skalan är grön från 5)"
