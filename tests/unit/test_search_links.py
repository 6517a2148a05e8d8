"""Every hit leads to the very thing that was found, whatever else stands on its line."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.domain.model import Goal, Indicator
from dashboard.measures import Facts, risks
from dashboard.measures.provenance import Reference, entries, provenance
from dashboard.measures.search_entries import Entry
from dashboard.measures.search_entries import entries as all_entries
from dashboard.published import Contradiction, RiskRow
from dashboard.ui import navigation
from dashboard.ui.blocks.goal_branches import goal_branches
from dashboard.ui.blocks.risks import risk_cards
from dashboard.ui.blocks.search_links import link
from dashboard.ui.page import Page
from dashboard.ui.query import read


def page_at(facts: Facts, page_id: str, **params: str) -> Page:
    return Page(navigation.info(page_id), facts, read(params, facts.catalogue))


def asked(href: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}


@pytest.fixture(scope="module")
def found(empty_facts: Facts) -> Sequence[tuple[Entry, str]]:
    """Everything that can be found, with the way to it from a page with a unit of its own."""
    page = page_at(empty_facts, "sok", enhet="avd-vuxen")
    return [(entry, link(page, entry)) for entry in all_entries(empty_facts)]


def test_whatever_stands_in_a_report_opens_as_exactly_that_row(
    empty_facts: Facts, found: Sequence[tuple[Entry, str]]
) -> None:
    elsewhere = (Goal, Indicator, RiskRow, Contradiction)
    printed = [(entry, href) for entry, href in found if not isinstance(entry.row, elsewhere)]
    assert {type(entry.row).__name__ for entry, _ in printed} == {
        "Figure",
        "Assignment",
        "Event",
        "RiskMention",
        "Retelling",
    }
    later = 0
    for entry, href in printed:
        reference = Reference.parse(asked(href)["figur"])
        opened = provenance(empty_facts, reference)
        assert opened.row is entry.row, href
        assert (reference.source, reference.line) == (entry.source, entry.line)
        later += reference.number > 1
    assert later > 250  # things that are not the first of their kind on the line
    assert len({href for _, href in printed}) == len(printed)


def test_the_way_to_another_report_names_it(found: Sequence[tuple[Entry, str]]) -> None:
    assert all(
        entry.source == asked(href).get("rapport", "t2-2025")
        for entry, href in found
        if urlsplit(href).path == "/rapporter"
    )


def test_a_contradiction_opens_where_it_is_said(
    empty_facts: Facts, found: Sequence[tuple[Entry, str]]
) -> None:
    flags = [(entry.row, href) for entry, href in found if isinstance(entry.row, Contradiction)]
    assert len(flags) == len(empty_facts.published.contradictions)
    for flag, href in flags:
        opened = provenance(empty_facts, Reference.parse(asked(href)["figur"]))
        assert flag in opened.flags, flag.id
        assert (opened.reference.source, opened.reference.line) == (flag.source, flag.line)


def test_a_contradiction_opens_the_figure_that_it_concerns(empty_facts: Facts) -> None:
    page = page_at(empty_facts, "sok")
    total = next(
        f for f in empty_facts.published.contradictions if f.id.startswith("delar2-2024-258-avvikelse-fore")
    )
    place = asked(link(page, Entry("contradiction", total, total.sentence)))["figur"]
    row = provenance(empty_facts, Reference.parse(place)).row
    concerned = [e.row for e in entries(empty_facts)["delar2-2024", 258] if e.row is row]
    assert getattr(concerned[0], "measure", "") == "avvikelse-foregaende-ar"


@pytest.mark.parametrize("report", ["vb-2023", "delar2-2024", "t2-2025"])
def test_a_risk_opens_on_the_page_that_holds_its_card(
    report: str, empty_facts: Facts, found: Sequence[tuple[Entry, str]]
) -> None:
    hits = [(e.row, href) for e, href in found if isinstance(e.row, RiskRow) and e.row.source == report]
    assert hits
    page = page_at(empty_facts, "riskmatris", **asked(hits[0][1]))
    shown = {view.now.row for view in risks.board(empty_facts, page.selection).risks}
    cards = str(risk_cards(page))
    for row, href in hits:
        assert row in shown
        assert f'id="{urlsplit(href).fragment}"' in cards


def test_a_goal_opens_where_it_stands(empty_facts: Facts, found: Sequence[tuple[Entry, str]]) -> None:
    drawn: dict[str, str] = {}
    for entry, href in found:
        if isinstance(entry.row, Goal):
            period = asked(href).get("period", "")
            if period not in drawn:
                drawn[period] = str(goal_branches(page_at(empty_facts, "mal", **asked(href))))
            assert f'id="{urlsplit(href).fragment}"' in drawn[period], href


def test_an_indicator_opens_in_trends(found: Sequence[tuple[Entry, str]]) -> None:
    assert all(
        (urlsplit(href).path, asked(href)["matt"]) == ("/trender", entry.row.id)
        for entry, href in found
        if isinstance(entry.row, Indicator)
    )
