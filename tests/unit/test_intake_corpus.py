"""Every awkward file of the corpus gives the figures, the faults or the refusal that it must."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.catalogue import Catalogue
from dashboard.contracts import CONTRACTS
from dashboard.intake.examination import Examination, examine
from dashboard.intake.shapes import Step
from tests.corpus import CASES, Case
from tests.corpus.case import GOOD

TODAY = date(2025, 9, 10)


def examined(case: Case, catalogue: Catalogue) -> Examination:
    return examine(
        [(case.name, case.make())], catalogue, None, today=TODAY, wanted=case.wanted, limits=case.limits
    )


def test_the_corpus_is_large_and_told_apart() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", [case for case in CASES if case.good], ids=lambda case: case.id)
def test_figures_are_read_however_they_are_spelled(case: Case, catalogue: Catalogue) -> None:
    found = examined(case, catalogue)
    assert [str(fault) for fault in found.faults] == []
    assert found.ready
    columns = CONTRACTS[case.good].schema.names[1:]
    rows = [tuple(row[name] for name in columns) for one in found.tables for row in one.table.to_pylist()]
    assert sorted(rows) == sorted(tuple(row) for row in GOOD[case.good])
    assert {(one.dataset, str(one.month)) for one in found.tables} == {(case.good, "2025-08")}
    told = "\n".join(
        [*found.files[0].notes, *(note for sheet in found.files[0].sheets for note in sheet.notes)]
    )
    for note in case.notes:
        assert note in told


@pytest.mark.parametrize("case", [case for case in CASES if case.faults], ids=lambda case: case.id)
def test_every_fault_is_told_with_its_cell(case: Case, catalogue: Catalogue) -> None:
    found = examined(case, catalogue)
    told = sorted((fault.cell, fault.message) for fault in found.errors)
    assert [cell for cell, _ in told] == sorted(cell for cell, _ in case.faults), told
    for cell, part in case.faults:
        assert any(cell == at and part in message.replace("\u202f", " ") for at, message in told), (
            part,
            told,
        )
    assert not found.ready
    assert not found.tables
    assert len({fault.key for fault in found.faults}) == len(found.faults)


@pytest.mark.parametrize("case", [case for case in CASES if case.refused], ids=lambda case: case.id)
def test_what_cannot_be_taken_in_is_refused_in_words(case: Case, catalogue: Catalogue) -> None:
    found = examined(case, catalogue)
    assert len(found.faults) == 1
    assert case.refused in found.faults[0].message
    assert found.faults[0].step is Step.FORM
    assert found.files[0].refused == found.faults[0].message
    assert not found.ready
