"""What a sender's file means can be kept as text and read back, and reads next month's file by itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.errors import IntakeError
from dashboard.intake.examination import examine
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.reading import Wanted

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
COLUMNS = st.sampled_from(["", "month", "unit", "reason", "antal", "year"])
MAPPINGS = st.builds(
    SenderMapping,
    sender=TEXT,
    dataset=st.just("anmalningar"),
    headers=st.dictionaries(TEXT, COLUMNS, max_size=4),
    sheet=TEXT,
    names=st.dictionaries(TEXT, TEXT, max_size=4),
    scales=st.dictionaries(st.just("antal"), st.floats(0.001, 1000), max_size=2),
)


@given(mapping=MAPPINGS)
def test_a_mapping_survives_toml_and_json(mapping: SenderMapping) -> None:
    assert SenderMapping.from_toml(mapping.to_toml()).as_dict() == mapping.as_dict()
    assert SenderMapping.from_json(mapping.to_json()).as_dict() == mapping.as_dict()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dataset = 1",
        'dataset = "x"',
        'dataset = "ekonomi"\nheaders = 3',
        'dataset = "ekonomi"\n[headers]\nA = "antal"',
        'dataset = "ekonomi"\n[scales]\nutfall_ack = 0',
        'dataset = "ekonomi"\n[scales]\nunit = 2',
        'dataset = "ekonomi"\n[names]\nA = 1',
        "=",
    ],
)
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(IntakeError, match="mappning"):
        SenderMapping.from_toml(text)


def test_the_guessed_mapping_reads_the_next_file(catalogue: Catalogue) -> None:
    """Saved from a file with ordinary headers, it also fits one whose extra headers would be taken for others."""
    august = "Period;Enhet;Orsak;Antal;Handläggare\n2025-08;cai;Våld;3;AA\n".encode()
    first = examine([("aug.csv", august)], catalogue, None, today=date(2025, 10, 1))
    (guessed,) = first.files[0].mappings
    assert dict(guessed.headers) == {
        **{"Period": "month", "Enhet": "unit", "Orsak": "reason", "Antal": "antal"},
        "Handläggare": "",
    }
    assert guessed.names["cai"] == "cai"
    kept = SenderMapping.from_toml(guessed.to_toml())
    september = "Handläggare;Antal;Orsak;Period;Enhet\nBB;4;Våld;2025-09;cai\n".encode()
    again = examine(
        [("sep.csv", september)], catalogue, None, today=date(2025, 10, 1), wanted=Wanted(mappings=[kept])
    )
    assert again.ready
    assert again.files[0].sheets[0].header.saved == kept
    assert again.tables[0].table.column("antal").to_pylist() == [4]


def test_a_mapping_of_another_file_is_left_alone(catalogue: Catalogue) -> None:
    other = SenderMapping("x", "anmalningar", {"Foo": "unit", "Bar": "antal"})
    found = examine(
        [("a.csv", "Period;Enhet;Orsak;Antal\n2025-08;cai;Våld;3\n".encode())],
        catalogue,
        None,
        today=date(2025, 10, 1),
        wanted=Wanted(mappings=[other]),
    )
    assert found.ready
    assert found.files[0].sheets[0].header.saved is None


def test_the_dataset_of_a_mapping_must_exist() -> None:
    assert all(SenderMapping.from_dict({"dataset": name}).dataset == name for name in CONTRACTS)
    with pytest.raises(IntakeError, match="inte finns"):
        SenderMapping.from_dict({"dataset": "väder"})
