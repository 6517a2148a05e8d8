"""What changed between two wordings: whether they say the same, and which words went and came."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

LEGIBLE = 0.4  # share of the longer wording that must have stayed for a word by word comparison


class Edit(StrEnum):
    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words with the same fate. Runs are set beside each other with one blank between."""

    text: str
    edit: Edit


def plain(text: str) -> str:
    """A wording without what is no change of it: capitals, blanks, and the mark at the end."""
    return " ".join(text.split()).rstrip(".:;").casefold()


def same(before: str, after: str) -> bool:
    return plain(before) == plain(after)


def compared(before: str, after: str) -> tuple[Words, ...]:
    """Both wordings in one: what stayed, what went and what came, word by word.

    What is KEPT or GONE is ``before``, what is KEPT or NEW is ``after``; the kept words as ``after`` prints them.
    Words are held against each other as :func:`same` reads them, so that a new full stop is no change. Where few
    words stayed, the old wording stands whole before the new: a patchwork of both cannot be read.
    """
    old, new = before.split(), after.split()
    found: list[Words] = []
    matcher = SequenceMatcher(None, [_word(one) for one in old], [_word(one) for one in new], autojunk=False)
    stayed = sum(block.size for block in matcher.get_matching_blocks())
    if stayed < LEGIBLE * max(len(old), len(new)):
        whole = ((" ".join(old), Edit.GONE), (" ".join(new), Edit.NEW))
        return tuple(Words(text, edit) for text, edit in whole if text)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Words(" ".join(new[start:end]), Edit.KEPT))
            continue
        if last > first:
            found.append(Words(" ".join(old[first:last]), Edit.GONE))
        if end > start:
            found.append(Words(" ".join(new[start:end]), Edit.NEW))
    return tuple(found)


def _word(word: str) -> str:
    return word.strip('.,:;()”"').casefold() or word
