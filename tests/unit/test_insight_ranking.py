"""The rule that decides which sentences are said, and in which order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.model import Origin
from dashboard.insights import MOST_SHOWN, Insight, Kind, Target, Weight, chosen
from dashboard.insights.ranking import LEAST, PER_KIND, certainty, seriousness, size

SHARES = st.floats(0, 1)


def said(
    text: str, kind: Kind = Kind.SIGNAL, weight: float = 0.5, about: str = "", order: int = 0
) -> Insight:
    return Insight(
        kind,
        text,
        Weight(weight, 1, 1, 1),
        Origin.PUBLISHED,
        frozenset({about or text}),
        "",
        Target("trender"),
        "",
        order,
    )


def texts(found: list[Insight]) -> list[str]:
    return [one.text for one in chosen(found)]


def test_the_weight_is_the_product_of_its_four_factors() -> None:
    assert Weight(0.9, 0.8, 0.5, 1.0).total == 0.36
    assert Weight(0.9, 0.8, 0.77, 0.9).total == Weight(0.9, 0.9, 0.77, 0.8).total
    with pytest.raises(ValueError, match="outside"):
        Weight(1.1, 1, 1, 1)


def test_worse_is_more_serious_than_better_and_better_than_neither_in_every_kind() -> None:
    for kind in Kind:
        assert seriousness(kind, True) > seriousness(kind, False) > seriousness(kind, None)


def test_printed_is_surer_than_imported_and_imported_than_demo() -> None:
    assert certainty(Origin.PUBLISHED) > certainty(Origin.IMPORTED) > certainty(Origin.SYNTHETIC)
    assert certainty(Origin.PUBLISHED, True) == 0.8
    assert certainty(Origin.PUBLISHED, True, True) == pytest.approx(0.64)


@given(st.floats(-1e9, 1e9), st.floats(0, 1e6))
def test_a_size_is_always_a_share(value: float, large: float) -> None:
    assert 0.2 <= size(value, large) <= 1


def test_the_heaviest_comes_first() -> None:
    found = [said("b", weight=0.3), said("a", Kind.RISK, 0.9), said("c", Kind.STATUS, 0.6)]
    assert texts(found) == ["a", "c", "b"]


def test_equal_weights_go_by_kind_then_by_the_catalogues_order_then_by_the_text() -> None:
    found = [
        said("y", Kind.RISK, order=0),
        said("d", Kind.SIGNAL, order=2),
        said("x", Kind.STATUS, order=9),
        said("c", Kind.DEVIATION, order=1),
        said("b", Kind.DEVIATION, order=1),
    ]
    assert texts(found) == ["x", "b", "c", "d", "y"]


def test_no_more_than_two_of_a_kind_five_in_all_and_nothing_that_weighs_nothing() -> None:
    many = [said(f"{kind} {place}", kind) for kind in Kind for place in range(4)]
    found = chosen(many)
    assert len(found) == MOST_SHOWN == 5
    assert all(sum(1 for one in found if one.kind is kind) <= PER_KIND for kind in Kind)
    assert texts([said("lätt", weight=LEAST / 2)]) == []
    assert texts([]) == []


def test_a_subject_is_spoken_of_once() -> None:
    found = [
        said("målet", Kind.DISAGREEMENT, 0.9, "mått:sjukfranvaro-r12"),
        said("måttet", Kind.DEVIATION, 0.8, "mått:sjukfranvaro-r12"),
        said("annat", Kind.DEVIATION, 0.7, "mått:hushall-bistand"),
    ]
    assert texts(found) == ["målet", "annat"]


@given(
    st.lists(
        st.builds(
            lambda kind, weight, about, order: said(f"{about}{order}", kind, weight, about, order),
            st.sampled_from(list(Kind)),
            st.sampled_from([0.0, 0.1, 0.2, 0.2, 0.5, 1.0]),
            st.sampled_from("abcdefgh"),
            st.integers(0, 3),
        ),
        max_size=30,
    ),
    st.randoms(),
)
def test_what_is_chosen_does_not_depend_on_the_order_it_was_found_in(
    found: list[Insight], dice: random.Random
) -> None:
    first = chosen(found)
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert chosen(shuffled) == first
    weights = [one.weight.total for one in first]
    assert weights == sorted(weights, reverse=True)
    assert len({name for one in first for name in one.subjects}) == len(first)


@given(SHARES, SHARES, SHARES, SHARES)
def test_a_heavier_factor_never_makes_a_lighter_sentence(a: float, b: float, c: float, d: float) -> None:
    low, high = sorted((a, b))
    assert Weight(low, c, d, 1).total <= Weight(high, c, d, 1).total


def test_a_sentence_that_gets_heavier_does_not_fall() -> None:
    found = [said(letter, kind, 0.5) for letter, kind in zip("abcde", Kind, strict=False)]
    raised = [replace(one, weight=Weight(0.9, 1, 1, 1)) if one.text == "d" else one for one in found]
    assert texts(raised)[0] == "d"
