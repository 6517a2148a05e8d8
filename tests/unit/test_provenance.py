"""The address of a printed thing, and what is known of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import SelectionError
from dashboard.measures import Facts
from dashboard.measures.facts import BESIDE
from dashboard.measures.provenance import Reference, entries, headings_over, provenance, reference_of
from dashboard.published import Assessment, Figure, RiskRow


def figure_at(facts: Facts, address: str) -> Figure:
    row = provenance(facts, Reference.parse(address)).row
    assert isinstance(row, Figure)
    return row


@given(
    source=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True),
    line=st.integers(1, 999_999),
    kind=st.sampled_from(["", "b", "r", "a", "h", "m", "n", "t"]),
    number=st.integers(1, 999),
)
def test_an_address_is_read_as_it_is_written(source: str, line: int, kind: str, number: int) -> None:
    reference = Reference(source, line, kind, number)
    assert Reference.parse(str(reference)) == reference
    assert Reference.parse(f"{source}:{line}") == Reference(source, line)


@given(st.text(max_size=60))
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(SelectionError, match="pekar inte ut"):
        Reference.parse(f"{text} ")


def test_every_printed_thing_has_an_address_of_its_own_that_leads_back_to_it(empty_facts: Facts) -> None:
    known = [entry for on_line in entries(empty_facts).values() for entry in on_line]
    assert len({entry.reference for entry in known}) == len(known)
    assert len({(e.reference.source, e.reference.anchor) for e in known}) == len(known)
    for entry in known:
        found = provenance(empty_facts, entry.reference)
        assert found.row is entry.row
        assert found.reference == entry.reference == reference_of(empty_facts, entry.row)
        assert found.headings, entry.reference
        assert found.headings[-1].line <= entry.reference.line


def test_a_number_leads_to_its_heading_its_kin_and_what_contradicts_it(empty_facts: Facts) -> None:
    found = provenance(empty_facts, Reference.parse("t2-2025:209:1"))
    assert figure_at(empty_facts, "t2-2025:209:1").value == 159
    assert [heading.level for heading in found.headings] == [1, 2, 3, 4]
    assert found.headings[-1].title == "Andelen enheter som når sina mål"
    assert found.indicator is not None
    assert found.indicator.id == "hushall-langvarigt"
    values = [entry.row.value for entry in found.figures if isinstance(entry.row, Figure)]
    assert {159, 166, 185, 180, 195, 170, 208} <= set(values)
    assert any("166" in flag.sentence for flag in found.flags)
    assert {entry.reference.line for entry in found.beside} == {209}


def test_values_come_before_limits_and_the_latest_first(empty_facts: Facts) -> None:
    rows = [
        entry.row
        for entry in provenance(empty_facts, Reference.parse("t2-2025:209:1")).figures
        if isinstance(entry.row, Figure)
    ]
    limits = [row.measure in BESIDE for row in rows]
    assert limits == sorted(limits)
    ends = [row.when.end for row in rows if row.measure not in BESIDE]
    assert ends == sorted(ends, reverse=True)


def test_a_colour_leads_to_how_the_same_has_been_judged_before(empty_facts: Facts) -> None:
    found = provenance(empty_facts, Reference.parse("delar2-2024:59:b4"))
    assert isinstance(found.row, Assessment)
    assert found.row.subject == "mo-ekonomi"
    colours = {e.row.period: e.row.colour.value for e in found.colours if isinstance(e.row, Assessment)}
    assert (colours["2024-T2"], colours["2024-T1"], colours["2023"]) == ("red", "green", "green")


def test_a_risk_leads_to_the_same_risk_in_every_report(empty_facts: Facts) -> None:
    found = provenance(empty_facts, Reference.parse("t2-2025:565:r1"))
    assert any("familjehem" in flag.sentence for flag in found.flags)
    youth = provenance(empty_facts, Reference.parse("t2-2025:560:r1"))
    values = [entry.row.value for entry in youth.colours if isinstance(entry.row, RiskRow)]
    assert values == [20, 25, 20]


def test_a_risk_that_is_only_named_leads_to_its_values(empty_facts: Facts) -> None:
    found = provenance(empty_facts, Reference.parse("delar2-2024:268:n1"))
    assert found.headings[-1].title == "4.2 Risker"
    assert [str(entry.reference) for entry in found.colours] == [
        "t2-2025:560:r1",
        "delar2-2024:311:r1",
        "vb-2023:731:r1",
    ]


def test_a_line_alone_is_its_first_thing_or_what_is_said_of_it(empty_facts: Facts) -> None:
    assert figure_at(empty_facts, "t2-2025:209") == figure_at(empty_facts, "t2-2025:209:1")
    # All that contradicts the line, also what does not concern its first figure.
    whole = provenance(empty_facts, Reference.parse("t2-2025:209")).flags
    assert set(whole) >= set(provenance(empty_facts, Reference.parse("t2-2025:209:2")).flags)
    typo = provenance(empty_facts, Reference.parse("t2-2025:508"))
    assert typo.row is None
    assert "2205" in typo.flags[0].sentence


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("t9-2025:209:1", "Rapporten ”t9-2025” finns inte"),
        ("t2-2025:209:99", "ingen uppgift på rad 209"),
        ("t2-2025:3", "ingen uppgift på rad 3"),
        ("t2-2025:209:r1", "ingen uppgift på rad 209"),
    ],
)
def test_what_is_not_there_is_said(address: str, told: str, empty_facts: Facts) -> None:
    with pytest.raises(SelectionError, match=told):
        provenance(empty_facts, Reference.parse(address))


def test_headings_are_the_path_from_the_chapter_down(empty_facts: Facts) -> None:
    report = empty_facts.catalogue.reports["vb-2023"]
    assert [one.title for one in headings_over(report, 187)] == [
        "3. Uppföljning och analys av mål och resultat",
        "1. Motiverade medarbetare hos Sveriges bästa offentliga arbetsgivare",
        "Sjukfrånvaro",
    ]
    assert [one.line for one in headings_over(report, 880)] == [869]
    assert headings_over(report, 0) == ()
