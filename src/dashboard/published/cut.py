"""The published layer without some reports: as it was before they were known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from dashboard.published.rows import Published


class Printed(Protocol):
    """A row of the published layer."""

    @property
    def source(self) -> str: ...


R = TypeVar("R", bound=Printed)


def without(published: Published, reports: Collection[str]) -> Published:
    """Every row of the other reports, in the order of the files.

    A contradiction with a report that is left out goes with it: nobody could know of it.
    """

    def kept(rows: Iterable[R]) -> tuple[R, ...]:
        return tuple(row for row in rows if row.source not in reports)

    return replace(
        published,
        figures=kept(published.figures),
        assessments=kept(published.assessments),
        risks=kept(published.risks),
        assignments=kept(published.assignments),
        events=kept(published.events),
        goals=kept(published.goals),
        contradictions=tuple(
            flag for flag in kept(published.contradictions) if flag.other_source not in reports
        ),
        risk_mentions=kept(published.risk_mentions),
        retellings=kept(published.retellings),
    )
