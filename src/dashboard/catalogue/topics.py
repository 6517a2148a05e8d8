"""The topic pages: one file each in the folder ``topics``, read block by block so that one fault hides no other.

A list of measures may hold ``@name`` for a list of the file's own (``@figures`` is always there). ``of`` and
``columns`` name wholes, whose parts are found by ``part_of`` and by the category that their terms pick.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.catalogue.build import Faults, Where, build
from dashboard.catalogue.topic_measures import Measures
from dashboard.catalogue.topic_shapes import KINDS, FileBreakdown, FileHead, FileHeading, FileParts
from dashboard.domain import topic
from dashboard.domain.model import Indicator, Nature
from dashboard.domain.topic import Block, Section, Topic

AN_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIGURES = "figures"
# What the frame and the table of units ask of the address, and cards that other blocks make.
TAKEN_PARAMS = frozenset({"period", "enhet", "jamfor", "lage", "projektor", "ordna"})
TAKEN_CARDS = frozenset({"viktigast"})


def read_topic(
    own: str,
    document: Mapping[str, Any],
    indicators: Mapping[str, Indicator],
    ids: frozenset[str] | None,
    faults: Faults,
) -> Topic | None:
    """The page of ``topics/<own>.toml``, or None when something in it is wrong (every fault is in ``faults``).

    ``ids`` are the ids of the measures, None when they could not be read.
    """
    return _Reader(Where(f"topics/{own}.toml"), indicators, ids, faults).read(own, document)


class _Reader:
    """One file: knows its lists and categories once they have been read."""

    def __init__(
        self, file: Where, indicators: Mapping[str, Indicator], ids: frozenset[str] | None, faults: Faults
    ) -> None:
        self.file, self.faults = file, faults
        self.measures = Measures(indicators, ids, faults)

    def read(self, own: str, document: Mapping[str, Any]) -> Topic | None:
        before = len(self.faults.found)
        rest = {key: value for key, value in document.items() if key != "sections"}
        head = build(FileHead, rest, self.file, self.faults)
        figures: tuple[str, ...] = ()
        if head is None:
            self.measures.lists = None
        else:
            figures = self._head(head)
        sections = self._sections(document.get("sections"))
        blocks = [(one, where) for _, placed in sections for one, where in placed]
        self._cards(blocks)
        self._params(blocks)
        if len(self.faults.found) > before:
            return None
        return Topic(own, figures, tuple(section for section, _ in sections if section is not None))

    def _head(self, head: FileHead) -> tuple[str, ...]:
        figures = self.measures.listed(head.figures, self.file.at(FIGURES))
        if not figures:
            self.faults.tell(self.file.at(FIGURES), "minst ett mått", "en tom lista")
        self.measures.lists = {FIGURES: figures}
        for name, listed in head.lists.items():
            where = self.file.at("lists").at(name)
            if name == FIGURES:
                self.faults.add(where, "ett annat namn än figures, som är sidans nyckeltal", name)
                continue
            self.measures.lists[name] = self.measures.listed(listed, where)
        for category, words in head.categories.items():
            self._words(words, self.file.at("categories").at(category))
        self.measures.categories = head.categories
        return figures

    def _sections(self, found: object) -> list[tuple[Section | None, list[tuple[Block, Where]]]]:
        """Each section with its blocks and where they stand; a section with faults is None."""
        if not isinstance(found, list) or not found:
            self.faults.tell(self.file.at("sections"), "minst en [[sections]]", "ingen")
            return []
        result, seen = [], set[str]()
        for number, table in enumerate(found, 1):
            own = table.get("key") if isinstance(table, Mapping) else None
            where = self.file.at("sections").item(own if isinstance(own, str) and own else number)
            if isinstance(own, str) and own in seen:
                self.faults.add(where.at("key"), "en nyckel som ingen annan sektion har", own)
            seen |= {own} if isinstance(own, str) else set()
            result.append(self._section(table, where))
        return result

    def _section(self, table: object, where: Where) -> tuple[Section | None, list[tuple[Block, Where]]]:
        if not isinstance(table, Mapping):
            self.faults.add(where, "en tabell", table)
            return None, []
        heading = build(FileHeading, {k: v for k, v in table.items() if k != "rows"}, where, self.faults)
        rows = self._rows(table.get("rows"), where.at("rows"))
        placed = [one for row in rows for one in row]
        if heading is None:
            return None, placed
        self._key(heading.key, where.at("key"))
        self._words(heading.title, where.at("title"))
        about = self.measures.listed(heading.about, where.at("about"))
        drawn = tuple(tuple(block for block, _ in row) for row in rows)
        return Section(heading.key, heading.title, about, drawn), placed

    def _rows(self, found: object, where: Where) -> list[list[tuple[Block, Where]]]:
        if not isinstance(found, list) or not found:
            self.faults.tell(where, "minst en rad av block", "ingen")
            return []
        result = []
        for number, row in enumerate(found, 1):
            at = where.item(number)
            if not isinstance(row, list) or not row:
                self.faults.tell(at, "en lista med minst ett block", "något annat")
                continue
            read = [(self._block(one, at.item(place)), at.item(place)) for place, one in enumerate(row, 1)]
            result.append([(block, its) for block, its in read if block is not None])
        return result

    def _block(self, table: object, where: Where) -> Block | None:
        if not isinstance(table, Mapping):
            self.faults.add(where, "en tabell", table)
            return None
        kind = table.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            wanted = f"ett av {', '.join(KINDS)}"
            if kind is None:
                self.faults.missing(where.at("kind"), wanted)
            else:
                self.faults.add(where.at("kind"), wanted, kind)
            return None
        rest = {key: value for key, value in table.items() if key != "kind"}
        asked: Any = build(KINDS[kind], rest, where, self.faults)
        return None if asked is None else self._checked(asked, where)

    def _checked(self, asked: Any, where: Where) -> Block | None:
        """The block with everything written out, held against the measures."""
        before = len(self.faults.found)
        for name in ("key", "title", "head", "months"):
            self._plain(asked, name, where.at(name))
        match asked:
            case topic.Monthly():
                self.measures.known(asked.indicator, where.at("indicator"))
            case topic.Flows():
                for name, nature in (("came", Nature.FLOW), ("left", Nature.FLOW), ("stock", Nature.STOCK)):
                    self.measures.known(getattr(asked, name), where.at(name))
                    self.measures.natured(getattr(asked, name), nature, where.at(name))
            case FileParts():
                asked = topic.Parts(asked.key, asked.title, self._parts(asked, where), asked.months)
            case FileBreakdown():
                asked = self._breakdown(asked, where)
            case topic.PlacementSplit() | topic.PlacementSplitParts():
                pass
            case _:
                at = where.at("indicators")
                asked = replace(asked, indicators=self.measures.listed(asked.indicators, at))
                if not asked.indicators:
                    self.faults.tell(at, "minst ett mått", "en tom lista")
                for one in asked.indicators if isinstance(asked, topic.Sums) else ():
                    self.measures.natured(one, Nature.RATIO, at)
        block: Block = asked
        return block if len(self.faults.found) == before else None

    def _parts(self, asked: FileParts, where: Where) -> tuple[str, ...]:
        if bool(asked.of) is bool(asked.indicators):
            got = "båda" if asked.of else "ingen av dem"
            self.faults.tell(where, "antingen indicators eller of", got)
            return ()
        if asked.of:
            return self.measures.parts(asked.of, where.at("of"))
        return self.measures.listed(asked.indicators, where.at("indicators"))

    def _breakdown(self, asked: FileBreakdown, where: Where) -> topic.Breakdown:
        at = where.at("columns")
        columns = self.measures.listed(asked.columns, at)
        if not columns:
            self.faults.tell(at, "minst ett mått", "en tom lista")
        if not self.measures.categories and self.measures.lists is not None:
            self.faults.missing(self.file.at("categories"), f"raderna i {asked.key}, med sina namn")
        rows = tuple(
            (words, tuple(self.measures.part(name, category, at) for name in columns))
            for category, words in self.measures.categories.items()
        )
        found = {name for _, those in rows for name in those}
        whole = tuple("" if name in found else name for name in columns)
        return topic.Breakdown(asked.key, asked.title, asked.head, whole, rows)

    # --- Words, keys and what two blocks may not share --------------------------------------------------

    def _plain(self, asked: Any, name: str, where: Where) -> None:
        value = getattr(asked, name, None)
        optional = isinstance(asked, topic.Panels | topic.Printed) and name == "title"
        match name, value:
            case "key", str():
                self._key(value, where)
            case "months", int() if not 2 <= value <= 240:
                self.faults.add(where, "2 till 240 månader", value)
            case "title" | "head", str() if not optional:
                self._words(value, where)

    def _key(self, key: str, where: Where) -> None:
        if not AN_ID.fullmatch(key):
            self.faults.add(where, "små bokstäver a–z, siffror och bindestreck", key)

    def _words(self, words: str, where: Where) -> None:
        if not words.strip():
            self.faults.add(where, "minst ett ord", words)

    def _cards(self, blocks: Sequence[tuple[Block, Where]]) -> None:
        """A card is found by its key, in the page and in what has been kept of it."""
        seen: dict[str, Where] = {}
        for block, where in blocks:
            card = topic.card_of(block)
            if card in TAKEN_CARDS:
                self.faults.add(where.at("key"), "en annan nyckel", card)
            elif card in seen:
                self.faults.add(where, f"ett eget kort ({seen[card].key} är samma)", card)
            seen.setdefault(card, where)

    def _params(self, blocks: Sequence[tuple[Block, Where]]) -> None:
        """Blocks with one parameter share its choice, and so must share the measures to choose from."""
        seen: dict[str, tuple[tuple[str, ...], Where]] = {}
        for block, where in blocks:
            if not isinstance(block, topic.Units | topic.Panels):
                continue
            if not _plain_word(block.param) or block.param in TAKEN_PARAMS:
                wanted = f"små bokstäver a–z, och inte {', '.join(sorted(TAKEN_PARAMS))}"
                self.faults.add(where.at("param"), wanted, block.param)
            measures, first = seen.setdefault(block.param, (block.indicators, where))
            if measures != block.indicators:
                wanted = f"samma mått som {first.key}, eller en egen param"
                self.faults.add(where.at("indicators"), wanted, block.indicators)


def _plain_word(text: str) -> bool:
    return text.isascii() and text.isalpha() and text.islower()
