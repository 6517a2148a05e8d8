"""The time line: as exact as the reports, nothing that was not known, what lies ahead marked."""

from __future__ import annotations

import pytest

from dashboard.domain.periods import Month, Period
from dashboard.domain.selection import Selection
from dashboard.measures import Facts
from dashboard.measures import timeline as timelines
from dashboard.measures.timeline import Happening, Timeline
from dashboard.measures.trend import trend

WHOLE = "forvaltningen"


def ask(facts: Facts, period: str = "2025-T2", kind: str = "") -> Timeline:
    return timelines.timeline(facts, Selection(Period.parse(period), WHOLE), kind)


def named(found: Timeline, title: str) -> Happening:
    (one,) = (one for one in found.everything if one.event.title == title)
    return one


@pytest.mark.parametrize(
    ("title", "start", "end", "day"),
    [
        ("Ny sekretessbrytande bestämmelse", "2025-12", "2025-12", "2025-12-01"),
        ("Jobbsteget startar", "2024-09", "2024-09", "2024-09-02"),
        ("SFI för ukrainska flyktingar", "2023-04", "2023-04", None),
        ("Resurssocionomer införda", "2023-01", "2023-12", None),
        ("Skyldighet att lämna uppgifter om brott", None, None, None),
    ],
)
def test_an_event_covers_what_its_date_says_and_no_less(
    empty_facts: Facts, title: str, start: str | None, end: str | None, day: str | None
) -> None:
    one = named(ask(empty_facts), title)
    assert (one.start, one.end) == (start and Month.parse(start), end and Month.parse(end))
    assert (one.day.isoformat() if one.day else None) == day
    assert one.whole_year is (start != end)


def test_every_event_is_on_the_line_once(empty_facts: Facts) -> None:
    found = ask(empty_facts)
    assert sorted(one.event.title for one in found.everything) == sorted(
        event.title for event in empty_facts.published.events
    )
    assert found.later == 0
    by_kind = [len(ask(empty_facts, kind=kind).everything) for kind in timelines.KINDS]
    assert sum(by_kind) == len(found.everything)
    assert all(by_kind)


def test_the_newest_comes_first_and_year_only_events_stand_apart(empty_facts: Facts) -> None:
    found = ask(empty_facts)
    assert [year.number for year in found.years] == [2025, 2024, 2023]
    for year in found.years:
        months = [one.start for one in year.dated if one.start]
        assert months == sorted(months, reverse=True)
        assert all(one.whole_year for one in year.spans)
        assert all(
            {one.start and one.start.year, one.end and one.end.year} == {year.number} for one in year.spans
        )
    assert found.years[0].dated[0].event.title == "Ny sekretessbrytande bestämmelse"
    assert all(one.event.date_precision == "none" for one in found.undated)


def test_what_comes_after_the_period_is_marked(empty_facts: Facts) -> None:
    ahead = {one.event.title for one in ask(empty_facts).everything if one.ahead}
    assert {
        "Ny sekretessbrytande bestämmelse",
        "Medarbetarundersökning 2025",
    } <= ahead
    assert "Ny socialtjänstlag" not in ahead
    assert "Stort underskott i prognosen" not in ahead  # known to the year that the period is in
    assert {one.event.title for one in ask(empty_facts, "2025").everything if one.ahead} == set()


def test_a_board_sees_what_it_knew_then(empty_facts: Facts) -> None:
    found = ask(empty_facts, "2023")
    assert {one.report.id for one in found.everything} == {"vb-2023"}
    assert named(found, "Ny socialtjänstlag föreslås").ahead
    later = [event for event in empty_facts.published.events if event.source != "vb-2023"]
    assert found.later == len(later)
    assert ask(empty_facts, "2021").everything == ()


def test_links_lead_only_to_indicators_that_exist(empty_facts: Facts) -> None:
    one = named(ask(empty_facts), "Jobbsteget startar")
    assert [indicator.id for indicator in one.indicators] == ["arbetsmarknad-avslutade"]


def test_every_event_that_may_explain_an_indicator_stands_with_its_trend(facts: Facts) -> None:
    """Marked where the axis has its month, listed beside the chart where it has not."""
    selection = Selection(Period.parse("2025-T2"), WHOLE)
    wanted = {indicator for event in facts.published.events for indicator in event.indicators}
    for indicator in sorted(wanted):
        found = trend(facts, indicator, [WHOLE], selection)
        known = {event for event in facts.published.events if indicator in event.indicators}
        assert {*found.events, *found.undated} == known, indicator
        assert not {*found.events} & {*found.undated}


def test_a_trend_lists_what_is_to_come_but_not_what_later_reports_tell(facts: Facts) -> None:
    def beside(period: str) -> set[str]:
        found = trend(facts, "puls", [WHOLE], Selection(Period.parse(period), WHOLE))
        return {event.title for event in (*found.events, *found.undated)}

    assert "Medarbetarundersökning 2025" in beside("2025-T2")
    assert "Medarbetarundersökning 2025" not in beside("2024-T2")
    assert "Medarbetarundersökning 2023" in beside("2024-T2")
