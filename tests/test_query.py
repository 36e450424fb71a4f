"""What people type to search for: every way in which it counts, and that nothing of it is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.query import MAX_TERMS, Query, Term, understood


def wanted(typed: str) -> list[list[str]]:
    """The groups in words: of each one term has to be there; a star for what may go on."""
    return [[term.words + "*" * term.prefix for term in group] for group in understood(typed).groups]


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("harbour closes", [["harbour"], ["closes"]]),
        ('"the dyke" gates', [["the dyke"], ["gates"]]),
        ("“the dyke” gates", [["the dyke"], ["gates"]]),
        ("storm* gates", [["storm*"], ["gates"]]),
        ("ferry OR boat quay", [["ferry", "boat"], ["quay"]]),
        ("ferry | boat", [["ferry", "boat"]]),
        ("ferry AND quay", [["ferry"], ["quay"]]),
        ("ferry or boat", [["ferry"], ["boat"]]),
        ("is the dyke safe?", [["dyke"], ["safe"]]),
        ("the", [["the"]]),
    ],
)
def test_words_phrases_beginnings_and_alternatives_are_told_apart(typed: str, groups: list[list[str]]) -> None:
    assert wanted(typed) == groups


@pytest.mark.parametrize("typed", ["quay -ferry", "quay NOT ferry", "NOT ferry quay", "quay −ferry", 'quay -"ferry"'])
def test_what_is_to_be_left_out_may_be_typed_in_many_ways(typed: str) -> None:
    assert understood(typed) == Query(((Term("quay"),),), (Term("ferry", phrase='"' in typed),))


@pytest.mark.parametrize("typed", ["", " ", '"', '""', "“", "*", "-", "NOT", "OR", "AND OR NOT", "🚢", "…!?", "\x00"])
def test_what_holds_no_word_is_nothing_to_look_for(typed: str) -> None:
    assert not understood(typed)


def test_a_dash_between_words_leaves_nothing_out() -> None:
    assert wanted("quay - ferry") == [["quay"], ["ferry"]]


def test_a_quotation_mark_without_its_pair_counts_for_nothing() -> None:
    assert wanted('quay "ferry boat') == [["quay"], ["ferry"], ["boat"]]


def test_only_what_is_to_be_left_out_is_nothing_to_look_for() -> None:
    assert not understood("-ferry")


def test_a_pasted_article_is_cut() -> None:
    assert len(understood("quay " * 5000).groups) == MAX_TERMS


@given(st.text())
def test_anything_at_all_is_understood(typed: str) -> None:
    assert all(group for group in understood(typed).groups)
