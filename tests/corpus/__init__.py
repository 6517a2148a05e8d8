"""Awkward deliveries, made in code, each with what must come of it. ``CASES`` is all of them."""

from tests.corpus.case import Case
from tests.corpus.fault_cases import FAULTS
from tests.corpus.hostile_cases import HOSTILE
from tests.corpus.text_cases import TEXTS
from tests.corpus.workbook_cases import WORKBOOKS

CASES: tuple[Case, ...] = (*TEXTS, *WORKBOOKS, *FAULTS, *HOSTILE)

__all__ = ["CASES", "Case"]
