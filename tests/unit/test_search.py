"""Search: finds what is there, by any spelling, in order, and takes any text."""

from __future__ import annotations

import string
import threading
import unicodedata
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measures import Facts
from dashboard.measures.search import MOST_WORDS, Found, phrases, search
from dashboard.measures.search_entries import KINDS, Entry, entries, tokens

EVERYTHING_ELSE = '"*()^:-+{}[]\\/~,.;!?&|<>=%#@$'


def names(found: Found, kind: str) -> list[str]:
    return [hit.entry.title for group in found.groups if group.kind == kind for hit in group.hits]


def plain(text: str) -> list[str]:
    """The words of a text without capitals and marks."""
    apart = unicodedata.normalize("NFD", text.lower())
    return tokens("".join(one for one in apart if not unicodedata.combining(one)))


@cache
def read(entry: Entry) -> tuple[list[str], ...]:
    return tuple(plain(text) for text in (entry.title, entry.detail, entry.comment, entry.words))


def slowly(all_entries: tuple[Entry, ...], text: str) -> set[int]:
    """The same answer the obvious way: every phrase somewhere in one of the texts, the last word also begun."""
    asked = [[word for part in phrase for word in plain(part)] for phrase in phrases(text)]
    if not asked:
        return set()
    begun = not asked[-1][-1].isnumeric()
    return {
        number
        for number, one in enumerate(all_entries)
        if all(
            any(stands(words, phrase, begun and phrase is asked[-1]) for words in read(one))
            for phrase in asked
        )
    }


def stands(words: list[str], phrase: list[str], begun: bool) -> bool:
    size = len(phrase)
    for start in range(len(words) - size + 1):
        here = words[start : start + size]
        if here == phrase or (begun and here[:-1] == phrase[:-1] and here[-1].startswith(phrase[-1])):
            return True
    return False


def found_numbers(all_entries: tuple[Entry, ...], found: Found) -> set[int]:
    place = {id(entry.row): number for number, entry in enumerate(all_entries)}
    return {place[id(hit.entry.row)] for group in found.groups for hit in group.hits}


@pytest.fixture(scope="module")
def all_entries(empty_facts: Facts) -> tuple[Entry, ...]:
    return entries(empty_facts)


# --- Any text ------------------------------------------------------------------------------------------


@given(st.text(max_size=300))
@settings(max_examples=100)
def test_no_text_raises(empty_facts: Facts, text: str) -> None:
    found = search(empty_facts, text)
    assert found.count == sum(len(group.hits) for group in found.groups)


@given(st.text(alphabet=EVERYTHING_ELSE + "ANDORNEARentry title", max_size=40))
@settings(max_examples=100)
def test_the_indexs_own_language_is_only_text(empty_facts: Facts, text: str) -> None:
    search(empty_facts, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        '"',
        "*",
        "NEAR(",
        "title:",
        "-barn",
        "a AND",
        "(((",
        "'; DROP TABLE entry; --",
        "\x00",
        "\x02x\x03",
    ],
)
def test_signs_alone_find_nothing_and_signs_beside_words_change_nothing(
    empty_facts: Facts, text: str
) -> None:
    plainly = search(empty_facts, " ".join(word for phrase in phrases(text) for word in phrase))
    assert found_numbers(entries(empty_facts), search(empty_facts, text)) == found_numbers(
        entries(empty_facts), plainly
    )


@given(data=st.data())
@settings(max_examples=100)
def test_the_index_finds_what_a_slow_reading_finds(
    empty_facts: Facts, all_entries: tuple[Entry, ...], data: st.DataObject
) -> None:
    """Words that stand in the data, cut, joined and spelt without marks, in any combination."""
    entry = data.draw(st.sampled_from(all_entries))
    words = tokens(f"{entry.title} {entry.detail} {entry.comment} {entry.words}")
    asked = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
    asked[-1] = asked[-1][: data.draw(st.integers(1, 12))]
    if data.draw(st.booleans()):
        asked = [word.translate(str.maketrans("åäöÅÄÖé", "aaoAAOe")) for word in asked]
    if data.draw(st.booleans()):
        asked.insert(0, data.draw(st.text(string.ascii_letters + "åäö" + EVERYTHING_ELSE, max_size=4)))
    text = data.draw(st.sampled_from([" ", ",", "  "])).join(asked)
    assert found_numbers(all_entries, search(empty_facts, text)) == slowly(all_entries, text)


# --- What people ask -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["sjukfrånvaro", "sjukfranvaro", "SJUKFRÅNVARO", "sjukfra\u030anvaro", "Sjukfrånv"]
)
def test_letters_match_with_and_without_marks_and_capitals(empty_facts: Facts, text: str) -> None:
    assert "Förvaltningens sjukfrånvaro, R12" in names(search(empty_facts, text), "indicator")


def test_the_last_word_may_be_begun_and_the_others_may_not(empty_facts: Facts) -> None:
    assert search(empty_facts, "långvarigt bist").count > 0
    assert search(empty_facts, "långvar bistånd").count == 0


@pytest.mark.parametrize(
    ("text", "source", "line"),
    [
        ("7,64", "delar2-2024", 85),
        ("7.64", "delar2-2024", 85),
        ("69 082", "delar2-2024", 252),
        ("−69\u202f082", "delar2-2024", 252),
        ("69082", "delar2-2024", 252),
        ("-333 881", "delar2-2024", 258),
        ("389", "t2-2025", 203),
    ],
)
def test_a_number_is_found_as_it_may_be_written(
    empty_facts: Facts, text: str, source: str, line: int
) -> None:
    found = search(empty_facts, text)
    places = {
        (hit.entry.source, hit.entry.line) for g in found.groups if g.kind == "figure" for hit in g.hits
    }
    assert (source, line) in places


def test_a_number_is_never_the_beginning_of_another(empty_facts: Facts) -> None:
    found = search(empty_facts, "38")
    assert not any("389" in hit.entry.value for group in found.groups for hit in group.hits)


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("cirkulär", "goal", "Hållbar ekonomi – kostnadseffektiv, balanserad och cirkulär"),
        ("tidiga samordnade", "goal", "Familjer och individers resurser, delaktighet och motivation"),
        ("frisktal", "indicator", "Frisknärvaro"),
        ("välfärdsbrott", "risk", "Risk att drabbas av välfärdsbrott"),
        ("granängsringen", "assignment", "Aktiviteter för ett Tryggare Granängsringen"),
        ("SFI", "event", "SFI för ukrainska flyktingar"),
        ("185 185", "contradiction", "Tabellens jämförelsetal 185"),
    ],
)
def test_every_kind_is_found_by_a_word_of_its_own(
    empty_facts: Facts, text: str, kind: str, title: str
) -> None:
    assert any(name.startswith(title) for name in names(search(empty_facts, text), kind))


def test_groups_come_in_one_order_and_hits_of_a_name_before_hits_of_a_comment(empty_facts: Facts) -> None:
    found = search(empty_facts, "kriminalitet")
    order = list(KINDS)
    assert [group.kind for group in found.groups] == sorted((g.kind for g in found.groups), key=order.index)
    risks = next(group for group in found.groups if group.kind == "risk").hits
    in_name = [any(part.hit for part in hit.title) for hit in risks]
    assert in_name == sorted(in_name, reverse=True)
    assert in_name[0]


def test_what_was_found_is_marked_and_the_text_is_whole(empty_facts: Facts) -> None:
    hits = [hit for group in search(empty_facts, "sjukfranvaro").groups for hit in group.hits]
    assert hits
    for hit in hits:
        assert "".join(part.text for part in hit.title) == hit.entry.title
        assert "".join(part.text for part in hit.comment) == hit.entry.comment
        assert all(plain(part.text)[0].startswith("sjukfranvaro") for part in hit.title if part.hit)


def test_a_hit_out_of_sight_says_where_it_is(empty_facts: Facts) -> None:
    hits = [hit for group in search(empty_facts, "månadslön").groups for hit in group.hits]
    assert hits
    assert all(hit.in_sight or any(part.hit for part in hit.elsewhere) for hit in hits)


def test_a_misspelt_word_gets_a_suggestion_that_has_an_answer(empty_facts: Facts) -> None:
    found = search(empty_facts, "plaseringar")
    assert found.count == 0
    assert found.suggestions[0] == "placeringar"
    assert search(empty_facts, "placeringar").count > 0


def test_words_that_are_never_together_are_suggested_one_by_one(empty_facts: Facts) -> None:
    found = search(empty_facts, "hushåll granängsringen")
    assert found.count == 0
    assert set(found.suggestions) == {"hushåll", "granängsringen"}
    assert search(empty_facts, "qqqq wwww").suggestions == ()


def test_a_question_has_an_end(empty_facts: Facts) -> None:
    assert len(phrases("a " * 5_000)) == MOST_WORDS
    search(empty_facts, "åäö " * 100_000)


def test_many_can_ask_at_once(empty_facts: Facts) -> None:
    words = ["barn", "ekonomi", "risk", "mål", "sjukfrånvaro", "placering"]
    alone = [search(empty_facts, word).count for word in words]
    counts: dict[int, list[int]] = {}

    def ask(number: int) -> None:
        counts[number] = [search(empty_facts, word).count for word in words]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(counts.values()) == [alone] * 8
