"""What can be searched for: one entry per goal, indicator, figure, risk, assignment, event, contradiction and
retold passage."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.domain.model import Goal, Indicator
from dashboard.domain.text import quantity
from dashboard.measures.facts import Facts
from dashboard.published import (
    Assignment,
    Contradiction,
    Event,
    Figure,
    Retelling,
    RiskMention,
    RiskRow,
)

Row = Goal | Indicator | Figure | RiskRow | RiskMention | Assignment | Event | Contradiction | Retelling

# The kinds in the order in which they are shown, with their words for many.
KINDS = {
    "goal": "Mål",
    "indicator": "Mått",
    "figure": "Siffror",
    "risk": "Risker",
    "assignment": "Åtgärder och uppdrag",
    "event": "Händelser och beslut",
    "contradiction": "Motsägelser",
    "retelling": "Återgiven text",
}
GOAL_WORDS = {"malomrade": "Målområde", "kommunmal": "Kommunövergripande mål", "namndmal": "Nämndmål"}
ASSIGNMENT_WORDS = {
    "riskatgard": "Åtgärd mot risk",
    "atgard": "Åtgärd",
    "uppdrag": "Politiskt uppdrag",
    "tillganglighetsplan": "Tillgänglighetsplan",
}
EVENT_WORDS = {"handelse": "Händelse", "beslut": "Beslut", "lag": "Lag"}
BEFORE_ITS_NUMBER = {
    "mal": "mål",
    "budget": "budget",
    "avvikelse": "avvikelse",
    "prognos": "prognos",
    "helarsbudget": "budget, helår",
    "prognosavvikelse": "avvikelse, helår",
    "avvikelse-foregaende-ar": "mot året före",
    "forandring": "förändring",
    "jamforelse": "jämförelse",
    "grans": "gräns",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to find. ``row`` is what it is; ``source`` and ``line`` are where it stands, if in a report.

    ``title``, ``detail`` and ``comment`` are shown; ``words`` are only searched: other names, and numbers as
    someone may write them. ``value`` is shown beside a figure's title.
    """

    kind: str
    row: Row
    title: str
    detail: str = ""
    comment: str = ""
    words: str = ""
    value: str = ""
    source: str = ""
    line: int = 0


def entries(facts: Facts) -> tuple[Entry, ...]:
    """All entries, kind by kind, in the order of the catalogue and of the files."""
    return (
        *_goals(facts),
        *_indicators(facts),
        *(_figure(facts, row) for row in facts.published.figures),
        *(_risk(facts, row) for row in facts.published.risks),
        *(_mention(facts, row) for row in facts.published.risk_mentions),
        *(_assignment(facts, row) for row in facts.published.standing),
        *(_event(facts, row) for row in facts.published.events),
        *(_contradiction(facts, row) for row in facts.published.contradictions),
        *(_retelling(facts, row) for row in facts.published.retellings),
    )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _report(facts: Facts, source: str) -> str:
    return facts.catalogue.reports[source].short


def _goals(facts: Facts) -> Iterator[Entry]:
    for goal in facts.catalogue.goals.values():
        rows = [row for row in facts.published.goals if row.goal == goal.id]
        until = f"–{goal.valid_to.year}" if goal.valid_to else "–"
        years = (
            str(goal.valid_from.year)
            if until == f"–{goal.valid_from.year}"
            else f"{goal.valid_from.year}{until}"
        )
        yield Entry(
            "goal",
            goal,
            goal.name,
            _joined(GOAL_WORDS.get(goal.kind, ""), goal.short, years),
            words=" ".join(dict.fromkeys(row.label for row in rows)),
            source=rows[-1].source if rows else "",
            line=rows[-1].line if rows else 0,
        )


def _indicators(facts: Facts) -> Iterator[Entry]:
    labels: dict[str, dict[str, None]] = {}
    for row in facts.published.assessments:
        labels.setdefault(row.subject, {})[row.label] = None
    for one in facts.catalogue.indicators.values():
        if one.id in facts.hidden:
            continue
        printed = " ".join(labels.get(one.id, ()))
        yield Entry(
            "indicator",
            one,
            one.name,
            _joined(one.short, facts.catalogue.board.themes.get(one.theme, "")),
            one.rule,
            f"{one.question} {printed} {' '.join(one.every_caveat)} {one.owner}",
        )


def _figure(facts: Facts, row: Figure) -> Entry:
    unit = facts.catalogue.units.get(row.org)
    indicator = facts.catalogue.indicators.get(row.indicator)
    decimals = -int(row.value.as_tuple().exponent)
    value = f"{row.qualifier} {quantity(row.value, row.unit, decimals)}".strip()
    whole = unit is not None and unit.id == facts.catalogue.root
    return Entry(
        "figure",
        row,
        row.label,
        _joined(
            BEFORE_ITS_NUMBER.get(row.measure, ""),
            "" if unit is None or whole else unit.short,
            row.when.label,
            _report(facts, row.source),
            row.section,
        ),
        row.note,
        # A number is written with a comma or a point, and with or without a blank between thousands.
        f"{value} {row.value} {quantity(abs(row.value), '', decimals)} {indicator.name if indicator else ''}",
        value,
        row.source,
        row.line,
    )


def _risk(facts: Facts, row: RiskRow) -> Entry:
    risk = facts.catalogue.risks.get(row.risk)
    detail = _joined(f"Riskvärde {row.value}", row.category, _report(facts, row.source))
    return Entry(
        "risk",
        row,
        row.label,
        detail,
        row.comment,
        risk.short if risk else "",
        source=row.source,
        line=row.line,
    )


def _mention(facts: Facts, row: RiskMention) -> Entry:
    risk = facts.catalogue.risks.get(row.risk)
    detail = _joined("Utan riskvärde", _report(facts, row.source), row.section)
    words = risk.short if risk else ""
    return Entry("risk", row, row.label, detail, row.note, words, source=row.source, line=row.line)


def _assignment(facts: Facts, row: Assignment) -> Entry:
    risk, goal = facts.catalogue.risks.get(row.parent), facts.catalogue.goals.get(row.parent)
    parent = (risk.short or risk.name) if risk else goal.short if goal else ""
    detail = _joined(ASSIGNMENT_WORDS.get(row.kind, ""), parent, row.status_label, _report(facts, row.source))
    words = f"{risk.name if risk else ''} {row.owner}"
    return Entry("assignment", row, row.label, detail, row.comment, words, source=row.source, line=row.line)


def _event(facts: Facts, row: Event) -> Entry:
    detail = _joined(EVENT_WORDS.get(row.kind, ""), row.date, _report(facts, row.source))
    known = facts.catalogue.indicators
    words = " ".join(known[one].short for one in row.indicators if one in known)
    return Entry("event", row, row.title, detail, row.comment, words, source=row.source, line=row.line)


def _contradiction(facts: Facts, row: Contradiction) -> Entry:
    indicator = facts.catalogue.indicators.get(row.measure)
    rounding = "avrundning" if row.severity == "rounding" else ""
    detail = _joined(indicator.short if indicator else "", rounding, _report(facts, row.source))
    words = f"{row.printed} {row.computed}"
    return Entry("contradiction", row, row.sentence, detail, "", words, source=row.source, line=row.line)


def _retelling(facts: Facts, row: Retelling) -> Entry:
    topic = facts.catalogue.texts.retellings.of(row.topic)
    detail = _joined(topic if topic != row.section else "", _report(facts, row.source))
    return Entry("retelling", row, row.section, detail, row.text, source=row.source, line=row.line)


def tokens(text: str) -> list[str]:
    """The words and numbers of a text: runs of letters and digits, as the index divides it (unicode61)."""
    kept = (
        one if unicodedata.category(one)[0] in "LN" else " " for one in unicodedata.normalize("NFC", text)
    )
    return "".join(kept).split()
