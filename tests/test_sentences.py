"""Where sentences end: behind their marks, and not behind an abbreviation or an initial."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotations import lines
from onrecord.reading.sentences import LONGEST_ABBREVIATION, sentences
from onrecord.span import Span, trimmed

BITS = ["Falk", "Dr", "J", "Sept", "3", "said", ".", "!", "?", "…", "“", "”", "'", ")", "[", " ", "\n", "🚢", "é", "Å"]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(BITS), max_size=60).map("".join))


def cut(text: str) -> list[str]:
    """The sentences of a text that is one paragraph."""
    return [span.of(text) for span in sentences(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quay is closed. Nobody fell.", ["The quay is closed.", "Nobody fell."]),
        ("Who fell? Nobody! It rained… Falk left.", ["Who fell?", "Nobody!", "It rained…", "Falk left."]),
        ("Did it fall?! It did... Falk saw it.", ["Did it fall?!", "It did...", "Falk saw it."]),
        ("It closed in May. 12 ferries stopped.", ["It closed in May.", "12 ferries stopped."]),
        ("It closed. Åse Quill left. Élan grew.", ["It closed.", "Åse Quill left.", "Élan grew."]),
        ("“The quay is sound.” Falk left.", ["“The quay is sound.”", "Falk left."]),
        ("‘The quay is sound.’ Falk left.", ["‘The quay is sound.’", "Falk left."]),
        ('"The quay is sound." Falk left.', ['"The quay is sound."', "Falk left."]),
        ("«The quay is sound.» Falk left.", ["«The quay is sound.»", "Falk left."]),
        ("“He said ‘no.’” Falk left.", ["“He said ‘no.’”", "Falk left."]),
        ("(The quay is sound.) Falk left.", ["(The quay is sound.)", "Falk left."]),
        ("[The quay is sound.] Falk left.", ["[The quay is sound.]", "Falk left."]),
        ("Falk left. “Nobody fell.” (It rained.) [Sic.]", ["Falk left.", "“Nobody fell.”", "(It rained.)", "[Sic.]"]),
        ("Falk left. „Nobody fell.“", ["Falk left.", "„Nobody fell.“"]),
        ("Falk left.\nNobody fell.", ["Falk left.", "Nobody fell."]),
        ("Falk left 🚢. No 👩\u200d🚀 fell. Cafe\u0301.", ["Falk left 🚢.", "No 👩\u200d🚀 fell.", "Cafe\u0301."]),
        ("The ferry left at 5 p.m. The gulls cried.", ["The ferry left at 5 p.m.", "The gulls cried."]),
    ],
)  # fmt: skip
def test_a_sentence_ends_with_its_mark_and_what_belongs_to_it(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Falk left.",
        "The Rev. Boris Quill and Mrs. Falk left.",
        "Gov. Falk met Sen. Quill at St. Ebba.",
        "Pier No. 4 is closed.",
        "Clara J. Falk left.",
        "J.K. Falk left.",
        "The U.S. Senate met.",
        "Falk left on Sept. 3 and came back on Dec. 24.",
        "The wall moved by 1.5 metres.",
        "Read it at weyport.example today.",
        "The wall moved … by a metre.",
        "“Will it hold?” asked Falk... and left.",
        "“Nobody fell!” she said.",
        "No mark ends this",
        "...",
    ],
)
def test_a_stop_inside_a_sentence_ends_none(text: str) -> None:
    assert cut(text) == [text]


def test_a_month_s_abbreviation_ends_a_sentence_where_no_day_follows() -> None:
    assert cut("It closed in Sept. Falk left.") == ["It closed in Sept.", "Falk left."]


def test_an_abbreviation_is_a_whole_word_in_its_own_case() -> None:
    assert cut("He asked the quaydr. Falk left.") == ["He asked the quaydr.", "Falk left."]
    assert cut("We read the rev. Falk left.") == ["We read the rev.", "Falk left."]


def test_a_word_before_the_sentence_s_start_is_none_of_its_own() -> None:
    text = "Mr. Falk"
    assert [span.of(text) for span in sentences(text, [Span(1, 8)])] == ["r.", "Falk"]


def test_the_end_of_a_long_word_is_no_abbreviation() -> None:
    word = "x" * (LONGEST_ABBREVIATION + 5) + "Dr"
    assert cut(f"{word}. Falk left.") == [f"{word}.", "Falk left."]


def test_a_paragraph_s_end_ends_a_sentence() -> None:
    text = "The harbour\n\nDr.\n\nFalk left. She"
    spans = [Span(0, 11), Span(13, 16), Span(18, len(text))]
    assert [span.of(text) for span in sentences(text, spans)] == ["The harbour", "Dr.", "Falk left.", "She"]


def test_what_lies_in_no_paragraph_lies_in_no_sentence() -> None:
    text = "Falk left. Nobody fell. It rained."
    assert sentences(text, [Span(11, 23)]) == [Span(11, 23)]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t"])
def test_a_text_without_words_has_no_sentences(text: str) -> None:
    assert sentences(text, [Span(0, len(text))] if text else []) == []


@given(text=TEXTS)
def test_sentences_ascend_apart_and_cover_all_but_white_space(text: str) -> None:
    paragraphs = [span for line in lines(text) if (span := trimmed(text, start=line.start, end=line.end))]
    found = sentences(text, paragraphs)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(any(p.holds(s) for p in paragraphs) for s in found)
    assert not any(s.of(text)[0].isspace() or s.of(text)[-1].isspace() for s in found)
    covered = {i for s in found for i in range(s.start, s.end)}
    assert all(i in covered for i, character in enumerate(text) if not character.isspace())
