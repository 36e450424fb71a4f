"""What stands between quotation marks: every style, nested, unpaired, and told from apostrophes and sizes."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotations import Quotation, lines, quotations, quoted
from onrecord.span import Span

# In a case's `marked` text ⟦ and ⟧ stand around what is a quotation, ⟦ and ⟩ around one that is not closed.
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "quotations.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]

WORDS = ["it's", "the", "allies", "12", "90s", "n", "e\u0301", "😀", "نعم", "said,", "go.", "?", "—", "(", ")", "…"]
GAPS = [" ", "\n", "\u00a0", "\u200f", "\x00", "\u2028", "\r\n"]
MARKS = [*"\"“”„‟«»‘’‚‹›'`", "''", "``", "'''"]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS + GAPS + MARKS * 2), max_size=60).map("".join))


def marked(text: str) -> str:
    """The text with signs around its quotations."""
    found = quotations(text)
    out = []
    for i in range(len(text) + 1):
        ending = sorted((q for q in found if q.span.end == i), key=lambda q: -q.depth)
        out += ["⟧" if q.closed else "⟩" for q in ending]
        out += ["⟦" for q in found if q.span.start == i]
        out.append(text[i : i + 1])
    return "".join(out)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_quotations_are_found_as_the_case_says(case: dict[str, str]) -> None:
    text = "".join(character for character in case["marked"] if character not in "⟦⟧⟩")
    assert marked(text) == case["marked"]


def test_an_empty_text_has_no_quotations() -> None:
    assert quotations("") == []


def test_a_quotation_says_where_how_deep_and_whether_closed() -> None:
    assert quotations("“She said ‘go.”") == [
        Quotation(Span(0, 15), depth=0, closed=True),
        Quotation(Span(10, 15), depth=1, closed=False),
    ]


def test_given_paragraphs_hold_their_quotations_whatever_lines_they_have() -> None:
    text = "“We will\ngo.” “And\nnot come back.\n\n”"
    paragraphs = [Span(0, 33)]
    found = quotations(text, paragraphs)
    assert [q.span.of(text) for q in found] == ["“We will\ngo.”", "“And\nnot come back."]
    assert [q.closed for q in found] == [True, False]


def test_what_stands_beside_a_paragraph_does_not_count() -> None:
    text = "x'yes'x'no'"
    assert [q.span.of(text) for q in quotations(text, [Span(1, 6)])] == ["'yes'"]


@given(TEXTS)
def test_any_text_has_quotations_inside_it_in_order_that_never_cross(text: str) -> None:
    found = quotations(text)
    assert all(q.span.end <= len(text) for q in found)
    assert all(a.span.start < b.span.start for a, b in pairwise(found))
    around: list[Quotation] = []
    for quotation in found:
        while around and around[-1].span.end <= quotation.span.start:
            around.pop()
        assert all(outer.span.holds(quotation.span) for outer in around)
        assert quotation.depth == len(around)
        around.append(quotation)


@given(TEXTS)
def test_no_quotation_leaves_its_line_or_ends_in_white_space(text: str) -> None:
    homes = list(lines(text))
    for quotation in quotations(text):
        assert any(line.holds(quotation.span) for line in homes)
        words = quotation.span.of(text)
        assert words == words.strip()


@given(TEXTS, TEXTS)
def test_one_line_knows_nothing_of_the_next(text: str, other: str) -> None:
    before = quotations(text)
    assert quotations(f"{text}\n{other}")[: len(before)] == before


@given(TEXTS)
def test_the_quoted_characters_are_those_that_stand_in_a_quotation(text: str) -> None:
    found = quotations(text)
    inside = quoted(len(text), found)
    assert list(inside) == [any(q.span.start <= i < q.span.end for q in found) for i in range(len(text))]
    assert quoted(len(text), reversed(found)) == inside


def test_nothing_is_quoted_where_there_are_no_quotations() -> None:
    assert quoted(3, []) == bytearray(3)
    assert quoted(0, []) == bytearray()


@given(st.text())
def test_the_lines_of_a_text_make_up_the_text(text: str) -> None:
    assert "".join(line.of(text) for line in lines(text)) == text
