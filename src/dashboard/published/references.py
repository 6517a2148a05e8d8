"""Which ids the published layer uses: each must be defined in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.catalogue import Reference
from dashboard.published.rows import Assessment, Assignment, Published

_HEAD = 2  # the first row of values, as an editor counts them


def references(published: Published) -> Iterator[Reference]:
    """Every id of every row, with the file and the row it stands in; what is left empty is no id."""
    for number, figure in enumerate(published.figures, _HEAD):
        yield from _at("figures.csv", number, figure.source, indicator=figure.indicator, unit=figure.org)
    for number, judged in enumerate(published.assessments, _HEAD):
        yield from _at("assessments.csv", number, judged.source, **{_judges(judged): judged.subject})
    for number, risk in enumerate(published.risks, _HEAD):
        yield from _at("risks.csv", number, risk.source, risk=risk.risk)
    for number, one in enumerate(published.assignments, _HEAD):
        yield from _at("assignments.csv", number, one.source, **{_belongs(one): one.parent})
    for number, event in enumerate(published.events, _HEAD):
        yield from _at("events.csv", number, event.source)
        for indicator in event.indicators:
            yield Reference("indicator", indicator, "events.csv", f"rad {number}")
    for number, goal in enumerate(published.goals, _HEAD):
        yield from _at("goals.csv", number, goal.source, goal=goal.goal)
    for number, flag in enumerate(published.contradictions, _HEAD):
        yield from _at("contradictions.csv", number, flag.source, report=flag.other_source)
    for number, mention in enumerate(published.risk_mentions, _HEAD):
        yield from _at("risk_mentions.csv", number, mention.source, risk=mention.risk)
    for number, retold in enumerate(published.retellings, _HEAD):
        yield from _at("retellings.csv", number, retold.source)
    for number, separation in enumerate(published.apart, _HEAD):
        yield Reference("indicator", separation.indicator, "apart.csv", f"rad {number}")


def _judges(row: Assessment) -> str:
    return "indicator" if row.subject_kind in {"indicator", "listed", "plan"} else "goal"


def _belongs(row: Assignment) -> str:
    return "risk" if row.kind == "riskatgard" else "goal"


def _at(file: str, number: int, source: str, **ids: str) -> Iterator[Reference]:
    place = f"rad {number}"
    yield Reference("report", source, file, place)
    yield from (Reference(kind, one, file, place) for kind, one in ids.items() if one)
