"""Which measures the blocks of a topic page name: lists written out, and the parts of a whole found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from dashboard.catalogue.build import Faults, Where
from dashboard.domain.model import Indicator, Nature


class Measures:
    """The measures that exist, with the lists and categories of one file.

    ``ids`` are all that the catalogue names, None when they could not be read; ``indicators`` those without faults of
    their own. ``lists`` is None when the file's lists could not be read, so that no use of one is a second fault.
    """

    def __init__(
        self, indicators: Mapping[str, Indicator], ids: frozenset[str] | None, faults: Faults
    ) -> None:
        self.indicators, self.ids, self.faults = indicators, ids, faults
        self.lists: dict[str, tuple[str, ...]] | None = {}
        self.categories: Mapping[str, str] = {}

    def listed(self, found: Iterable[str], where: Where) -> tuple[str, ...]:
        """The ids with the lists written out; each must exist and stand once."""
        result: list[str] = []
        for name in found:
            if not name.startswith("@"):
                self.known(name, where)
                result.append(name)
            elif self.lists is not None and name[1:] not in self.lists:
                self.faults.dangling(where, "filens lists", name, [f"@{one}" for one in self.lists])
            elif self.lists is not None:
                result.extend(self.lists[name[1:]])
        for name, count in Counter(result).items():
            if count > 1:
                self.faults.tell(where, "att varje mått står en gång", f"{name} {count} gånger")
        return tuple(result)

    def known(self, name: str, where: Where) -> None:
        if self.ids is not None and name not in self.ids:
            self.faults.dangling(where, "måtten", name, self.ids)

    def natured(self, name: str, nature: Nature, where: Where) -> None:
        """Note a known measure of another nature."""
        one = self.indicators.get(name)
        if one is not None and one.nature is not nature:
            self.faults.add(where, f"ett mått med nature {nature}", name)

    def parts(self, whole: str, where: Where) -> tuple[str, ...]:
        """All measures that are parts of the whole, in the order of the categories and then of the catalogue."""
        self.known(whole, where)
        found = [one for one in self.indicators.values() if one.part_of == whole]
        itself = self.indicators.get(whole)
        if itself is not None and (not found or _category(itself)):
            self.faults.add(where, "ett mått som andra mått är delar av (part_of)", whole)
        places = {category: place for place, category in enumerate(self.categories)}
        found.sort(key=lambda one: places.get(_category(one), len(places)))
        return tuple(one.id for one in found)

    def part(self, whole: str, category: str, where: Where) -> str:
        """The part of the whole that is about the category; a measure of one category alone is its own part."""
        if whole not in self.indicators:
            return ""
        others = (one for one in self.indicators.values() if one.part_of == whole)
        for one in (self.indicators[whole], *others):
            if _category(one) == category:
                return one.id
        if self.ids == frozenset(self.indicators):  # else the part may be one of those that could not be read
            wanted = f"ett mått med part_of = ”{whole}” för kategorin {category}"
            self.faults.tell(where.item(whole), wanted, "inget")
        return ""


def _category(one: Indicator) -> str:
    """The one category that all of the measure's terms pick; "" when there is none or several."""
    found = {term.category for term in one.terms}
    return found.pop() if len(found) == 1 else ""
