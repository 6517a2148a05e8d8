"""From what a file calls a unit, a goal, a risk or a code to its id, as it was in the month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from dashboard.catalogue import Catalogue
from dashboard.domain import organisation
from dashboard.domain.model import Goal, Unit
from dashboard.domain.periods import Month
from dashboard.intake.shapes import joined, quoted
from dashboard.intake.values import Unreadable, plain
from dashboard.intake.vocabulary import Vocabulary, fold

_ALWAYS = Month(1900, 1)


@dataclass(frozen=True, slots=True)
class Steady:
    """A name that means one unit, the same in all the months (``Month.index``) from ``first`` to ``last``."""

    unit: str
    first: int
    last: int


class Names:
    """The names of one dataset. ``own`` are a sender's names for units and codes (text → id), by folded text.

    The look-ups raise Unreadable, whose message is what was expected.
    """

    def __init__(self, catalogue: Catalogue, words: Vocabulary, own: Mapping[str, str] | None = None) -> None:
        self.units = catalogue.units
        self.root = catalogue.root
        self.words = words
        self.contract = words.contract
        self._own = {fold(text) or plain(text): meaning for text, meaning in (own or {}).items()}
        self._by_name = _by_name(
            (unit.id, (unit.id, unit.name, unit.short, *unit.aliases)) for unit in self.units.values()
        )
        self._goals = catalogue.goals if self.contract.category == "goal" else {}
        self._categories = self._category_names(catalogue)
        self._known: dict[tuple[str, Month], str] = {}
        self._linked = {
            end
            for unit in self.units.values()
            for s in unit.successors
            if s.comparable
            for end in (unit.id, s.id)
        }

    def unit(self, text: str, month: Month) -> str:
        """The id of the unit that the text names in the month."""
        known = self._known.get((text, month))
        if known is None:
            known = self._known[text, month] = self._unit(text, month)
        return known

    def steady(self, text: str) -> Steady | None:
        """What the name means whenever it means anything; None when that depends on the month, or is nothing."""
        fitting = [unit for unit in self._named(text) if unit.kind in self.contract.unit_kinds]
        if len(fitting) != 1 or fitting[0].id in self._linked:
            return None
        last = fitting[0].valid_to
        return Steady(fitting[0].id, fitting[0].valid_from.index, 10**6 if last is None else last.index)

    def _unit(self, text: str, month: Month) -> str:
        named = self._named(text)
        fitting = [unit for unit in named if unit.kind in self.contract.unit_kinds]
        if not fitting:
            raise Unreadable(self._no_such_unit(text, named))
        valid = {one.id: one for unit in fitting if (one := self._at(unit, month)) is not None}
        if not valid:
            raise Unreadable(_when(fitting))
        exact = [unit for unit in valid.values() if fold(unit.id) == fold(text)]
        if exact:
            return exact[0].id
        # A name given for some years is meant in those years, even where another bears it all the time.
        spans = sorted((_span(unit), unit.id) for unit in valid.values())
        if len(spans) > 1 and spans[0][0] == spans[1][0]:
            raise Unreadable(f"ett id, för namnet gäller flera: {joined(unit for _, unit in spans)}")
        return spans[0][1]

    def holders(self, texts: Iterable[str]) -> frozenset[str]:
        """Every unit that holds one of those that the texts may name."""
        units = {
            unit.id for text in texts for unit in self._named(text) if unit.kind in self.contract.unit_kinds
        }
        return frozenset(above.id for unit in units for above in organisation.path(self.units, unit)[:-1])

    def total_of(self, text: str) -> str | None:
        """The unit that a row may sum up: one that does not report the dataset itself but holds others."""
        named = self._named(text)
        if not named or any(unit.kind in self.contract.unit_kinds for unit in named):
            return None
        return next((unit.id for unit in named if organisation.children(self.units, unit.id)), None)

    def is_unit(self, text: str) -> bool:
        return any(unit.kind in self.contract.unit_kinds for unit in self._named(text))

    def evident(self, text: str, meaning: str) -> bool:
        """Whether the catalogue and the vocabulary say by themselves that the text may stand for this id or code."""
        units = {link.unit for unit in self._named(text) for link in organisation.chain(self.units, unit.id)}
        codes = (self._categories, *self.words.codes.values())
        folded = fold(text) or plain(text)
        return meaning in units or any(known.get(folded) == meaning for known in codes)

    def category(self, text: str, month: Month) -> str:
        """The code, goal or risk that the text names in the month."""
        code = self._looked_up(self.contract.category, self._categories, text)
        goal = self._goals.get(code)
        if goal is not None and not goal.existed(month):
            same = [one.id for one in self._goals_named(text) if one.existed(month)]
            if len(same) != 1:
                raise Unreadable(f"ett mål som gällde {month.name}")
            return same[0]
        return code

    def code(self, column: str, text: str) -> str:
        """A code of a column that is no key."""
        return self._looked_up(column, self.words.codes.get(column, {}), text)

    def category_label(self, code: str) -> str:
        """The code as a reader knows it."""
        return self.words.code_labels.get(self.contract.category, {}).get(code, code)

    def _looked_up(self, column: str, known: Mapping[str, str], text: str) -> str:
        folded = fold(text) or plain(text)
        # A sender's word may stand for a unit and spell a code as well: it counts where what it stands for is known.
        meant = fold(self._own.get(folded, ""))
        folded = meant if meant in known else folded
        if folded in known:
            return known[folded]
        labels = self.words.code_labels.get(column)
        offered = (
            joined(labels.values(), 12) if labels else f"något som finns i katalogen{_near(folded, known)}"
        )
        raise Unreadable(f"{offered}{_near(folded, known) if labels else ''}")

    def _named(self, text: str) -> list[Unit]:
        folded = fold(text)
        meant = fold(self._own.get(folded or plain(text), ""))
        folded = meant if meant in self._by_name else folded
        return [self.units[unit] for unit in self._by_name.get(folded, ())]

    def _at(self, unit: Unit, month: Month) -> Unit | None:
        """The unit, or what it is called in the month where the catalogue says that it is the same."""
        if unit.existed(month) or unit.id not in self._linked:
            return unit if unit.existed(month) else None
        for link in organisation.chain(self.units, unit.id):
            if self.units[link.unit].existed(month):
                return self.units[link.unit]
        return None

    def _no_such_unit(self, text: str, named: Sequence[Unit]) -> str:
        kinds = joined(self.contract.unit_kinds)
        if named:
            return f"en rad per {kinds}; {quoted(named[0].name)} är {named[0].kind}"
        fitting = {name for name, ids in self._by_name.items() if self._fits(ids)}
        return f"en enhet som finns i katalogen ({kinds}){_near(fold(text), fitting)}"

    def _fits(self, ids: Iterable[str]) -> bool:
        return any(self.units[unit].kind in self.contract.unit_kinds for unit in ids)

    def _category_names(self, catalogue: Catalogue) -> Mapping[str, str]:
        match self.contract.category:
            case "goal":
                goals = catalogue.goals.values()
                return _first(_by_name((goal.id, (goal.id, goal.name, goal.short)) for goal in goals))
            case "risk":
                risks = catalogue.risks.values()
                spelled = (
                    (risk.id, (risk.id, risk.name, risk.short, *risk.wordings.values())) for risk in risks
                )
                return _first(_by_name(spelled))
            case category:
                return self.words.codes.get(category, {})

    def _goals_named(self, text: str) -> list[Goal]:
        return [goal for goal in self._goals.values() if fold(text) in {fold(goal.name), fold(goal.short)}]


def _by_name(rows: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for own, names in rows:
        for name in {fold(name) for name in names if name}:
            found.setdefault(name, []).append(own)
    return found


def _first(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: ids[0] for name, ids in names.items()}


def _span(unit: Unit) -> int:
    """Months that the unit has existed, or a great number while it still does."""
    return 10**6 if unit.valid_to is None else unit.valid_to.index - unit.valid_from.index


def _when(units: Sequence[Unit]) -> str:
    told = []
    for unit in units:
        since = f"från {unit.valid_from.name} " if unit.valid_from > _ALWAYS else ""
        told.append(
            f"{unit.id} gäller {since}" + (f"till {unit.valid_to.name}" if unit.valid_to else "och framåt")
        )
    return f"en enhet som fanns den månaden ({joined(told, 3)})"


def _near(folded: str, known: Iterable[str]) -> str:
    close = get_close_matches(folded, list(known), n=1, cutoff=0.75)
    return f"; menas {quoted(close[0])}?" if close else ""
