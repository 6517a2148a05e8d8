"""What somebody has said that a sheet means, as a mapping. Nothing that was said is trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Catalogue
from dashboard.contracts import Contract
from dashboard.domain.periods import Month
from dashboard.errors import IntakeError
from dashboard.intake.draft import Draft, worded
from dashboard.intake.header import spelled
from dashboard.intake.mapping import SenderMapping
from dashboard.intake.reading import sender_of
from dashboard.intake.shapes import quoted
from dashboard.intake.vocabulary import YEAR, vocabulary

# What the numbers of a column in thousands of kronor may stand in, and what they are then multiplied by.
MONEY = ((1.0, "tusen kronor"), (0.001, "kronor"), (1000.0, "miljoner kronor"))
Choices = Mapping[str, tuple[tuple[str, str], ...]]


def choices(contract: Contract, catalogue: Catalogue, months: Sequence[Month] = ()) -> Choices:
    """By column what a word may stand for, as (id, name): what there was in any of the months, else all there is."""
    units = [
        (unit.id, unit.short)
        for unit in catalogue.units.values()
        if unit.kind in contract.unit_kinds and (not months or any(map(unit.existed, months)))
    ]
    goals = [
        (goal.id, goal.short or goal.name)
        for goal in catalogue.goals.values()
        if not months or any(map(goal.existed, months))
    ]
    risks = [(risk.id, risk.short or risk.name) for risk in catalogue.risks.values()]
    known = {"unit": units, "goal": goals, "risk": risks}
    labels = vocabulary(contract.name).code_labels
    return {
        name: _apart(known.get(name) or [(code, labels[name][code]) for code in contract.codes[name]])
        for name in worded(contract)
    }


def _apart(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Names that several bear are told apart by their ids."""
    names = [name for _, name in pairs]
    return tuple((own, name if names.count(name) == 1 else f"{name} ({own})") for own, name in pairs)


def answered(
    draft: Draft,
    catalogue: Catalogue,
    columns: Mapping[int, str],
    scales: Mapping[str, float],
    words: Mapping[tuple[str, str], str],
) -> SenderMapping:
    """What was chosen, as a mapping: a column for each header (empty: left out), what columns are multiplied by, what
    words stand for by (column, word). What is not among them stays as it was guessed.

    Raises IntakeError that says what to choose instead.
    """
    contract = draft.header.contract
    chosen = {place: columns.get(place, column) for place, column in draft.columns.items()}
    _one_header_each(draft, chosen)
    measured = {column.name for column in contract.columns}
    filled = set(chosen.values()) - {""}
    if not filled & measured or len(filled) < 2:
        raise IntakeError("Peka ut minst en kolumn med värden och en till, till exempel enheten.")
    money = {one.name for one in contract.columns if one.unit == "tkr"}
    scaled = {**draft.header.scales, **{name: scale for name, scale in scales.items() if name in money}}
    offered = choices(contract, catalogue, draft.months)
    shown = {word.text for word in draft.words}
    names = {text: meaning for text, meaning in draft.header.names.items() if text not in shown}
    for word in draft.words:
        meaning = words.get((word.column, word.text), word.meaning)
        if meaning and meaning != word.meaning and meaning not in dict(offered.get(word.column, ())):
            raise IntakeError(f"Det som {quoted(word.text)} ska betyda finns inte. Välj i listan.")
        if meaning:
            names[word.text] = meaning
    mapping = SenderMapping(
        sender=sender_of(draft.file),
        dataset=contract.name,
        headers={draft.header.texts[place]: column for place, column in chosen.items()},
        sheet=draft.sheet,
        names=names,
        scales={name: scale for name, scale in scaled.items() if name in filled and scale != 1.0},
    )
    return SenderMapping.from_dict(mapping.as_dict())


def _one_header_each(draft: Draft, chosen: Mapping[int, str]) -> None:
    labels = vocabulary(draft.header.dataset)
    taken: dict[str, str] = {}
    alike: dict[str, str] = {}
    for place, column in chosen.items():
        text = draft.header.texts[place]
        if column not in {"", YEAR, *draft.header.contract.schema.names}:
            raise IntakeError(f"Kolumnen som valdes för {quoted(text)} finns inte. Välj i listan.")
        if alike.setdefault(spelled(text), column) != column or (column and taken.get(column) == text):
            raise IntakeError(
                f"Två rubriker heter {quoted(text)} och går inte att skilja åt. Döp om den ena i filen, eller lämna "
                "båda utanför."
            )
        if column and column in taken:
            raise IntakeError(
                f"Både {quoted(taken[column])} och {quoted(text)} är valda som {labels.label(column)}. Välj en."
            )
        if column:
            taken[column] = text
