"""Full-text search over everything the board knows by name, with SQLite's FTS5 in memory.

Letters match with and without their marks: *sjukfranvaro* finds *sjukfrånvaro*. All words must be found, the last
one also as the beginning of a longer one. What a user writes never becomes a query as it stands: it is divided
into words, and each is quoted.
"""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache

from dashboard.measures.facts import Facts
from dashboard.measures.search_entries import KINDS, Entry, entries, tokens

LONGEST = 200  # letters of a question that are read
MOST_WORDS = 12
SUGGESTIONS = 4
MOST_SUGGESTED = 4  # words of a question without answer that are looked at
# Marks round a hit; the texts cannot hold them, for they are taken out when the index is made.
_START, _END = "\x02", "\x03"
_CREATE = """
    CREATE VIRTUAL TABLE entry USING fts5(
        title, detail, comment, words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )
"""
_FILL = "INSERT INTO entry (rowid, title, detail, comment, words) VALUES (?, ?, ?, ?, ?)"
# A hit in the name weighs most, then where it belongs, then the retold comment, then what is only searched.
_FIND = """
    SELECT rowid, highlight(entry, 0, :start, :end), highlight(entry, 1, :start, :end),
           highlight(entry, 2, :start, :end), snippet(entry, 3, :start, :end, '…', 16)
    FROM entry WHERE entry MATCH :question ORDER BY bm25(entry, 10.0, 3.0, 1.0, 0.5), rowid
"""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; ``hit`` where it is what was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry with what was found in it. ``elsewhere``: an excerpt of what is only searched, if it is found there."""

    entry: Entry
    title: tuple[Part, ...]
    detail: tuple[Part, ...]
    comment: tuple[Part, ...]
    elsewhere: tuple[Part, ...]

    @property
    def in_sight(self) -> bool:
        """Whether what was searched for stands in the texts that are shown."""
        return any(part.hit for part in (*self.title, *self.detail, *self.comment))


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, best first."""

    kind: str
    name: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer. ``asked`` is the question as it was read; ``suggestions`` are questions that have answers."""

    asked: str
    groups: tuple[Group, ...]
    suggestions: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)


def search(facts: Facts, text: str) -> Found:
    """Everything that holds all the words, grouped by kind. Any text may be asked; none raises."""
    asked = phrases(text)
    index = _index(facts)
    hits = index.find(asked)
    groups = tuple(
        Group(kind, name, of_kind)
        for kind, name in KINDS.items()
        if (of_kind := tuple(hit for hit in hits if hit.entry.kind == kind))
    )
    return Found(_said(asked), groups, () if hits else index.suggestions(asked))


def phrases(text: str) -> tuple[Phrase, ...]:
    """The question in parts that must all be found; words joined by a mark (*7,64*, *jan–aug*) stay together."""
    found = (tuple(tokens(part)) for part in text[:LONGEST].split())
    return tuple(phrase for phrase in found if phrase)[:MOST_WORDS]


def _said(asked: Iterable[Phrase]) -> str:
    return " ".join(" ".join(phrase) for phrase in asked)


def _question(asked: Sequence[Phrase]) -> str:
    """The question in the index's own language, every word quoted.

    The last word may be the beginning of a longer one; a number never is, for 38 is not 389.
    """
    quoted = [f'"{" ".join(phrase)}"' for phrase in asked]
    if not asked[-1][-1].isnumeric():
        quoted[-1] += "*"
    return " AND ".join(quoted)


@lru_cache(maxsize=4)  # built once: what it rests on never changes
def _index(facts: Facts) -> _Index:
    return _Index(entries(facts))


class _Index:
    """The entries in a table of their own, in memory. Safe for many threads at once."""

    def __init__(self, all_entries: Sequence[Entry]) -> None:
        self._entries = all_entries
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        self._connection.execute(_CREATE)
        self._connection.executemany(
            _FILL,
            (
                (number, *(_unmarked(text) for text in (one.title, one.detail, one.comment, one.words)))
                for number, one in enumerate(all_entries)
            ),
        )

    def find(self, asked: Sequence[Phrase]) -> tuple[Hit, ...]:
        """The entries that hold all of it, best first; none when nothing is asked."""
        if not asked:
            return ()
        question = {"question": _question(asked), "start": _START, "end": _END}
        with self._lock:
            rows = self._connection.execute(_FIND, question).fetchall()
        return tuple(Hit(self._entries[number], *(_parts(text) for text in texts)) for number, *texts in rows)

    def suggestions(self, asked: Sequence[Phrase]) -> tuple[str, ...]:
        """Questions near to one without answer that have one: with words put right, then word by word."""
        few = asked[:MOST_SUGGESTED]
        near = [tuple(self._near(word) for word in phrase) for phrase in few]
        ways: list[Sequence[Phrase]] = [near]
        ways += [[phrase] for pair in zip(few, near, strict=True) for phrase in dict.fromkeys(pair)]
        said = {_said(way): way for way in ways}
        return tuple(text for text, way in said.items() if self.find(way))[:SUGGESTIONS]

    def _near(self, word: str) -> str:
        """The word itself where it is known; else the nearest that is, of those that begin with the same letter."""
        known = self._vocabulary.get(_bare(word)[:1], {})
        found = get_close_matches(_bare(word), known, n=1, cutoff=0.75)
        return known[found[0]] if found else word

    @cached_property
    def _vocabulary(self) -> dict[str, dict[str, str]]:
        """The words of the names that are long enough to be misspelt: by first letter, bare and as written."""
        found: dict[str, dict[str, str]] = {}
        for one in self._entries:
            for word in tokens(f"{one.title} {one.detail}"):
                if len(word) > 3:
                    found.setdefault(_bare(word)[:1], {}).setdefault(_bare(word), word.casefold())
        return found


def _bare(word: str) -> str:
    """Without capitals and marks: ``Mål`` → ``mal``."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def _unmarked(text: str) -> str:
    return text.replace(_START, " ").replace(_END, " ")


def _parts(marked: str) -> tuple[Part, ...]:
    """``a␂b␃c`` → a, **b**, c."""
    found: list[Part] = []
    for number, piece in enumerate(marked.split(_START)):
        hit, _, after = piece.partition(_END) if number else ("", "", piece)
        found += [Part(hit, True), Part(after, False)]
    return tuple(part for part in found if part.text)
