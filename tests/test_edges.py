"""Where the edges of a span go."""

import pytest

from onrecord.quotations import quotations
from onrecord.reading.edges import Edges
from onrecord.span import Span


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“Rain will fall,” said Falk.", "Rain will fall", "“Rain will fall,”"),
        ("“Rain will fall,” said Falk.", "“Rain will fall", "“Rain will fall,”"),
        ("''Rain will fall.'' It did.", "Rain will fall.", "''Rain will fall.''"),
        ("She said it was “a lot.”", "it was “a lot", "it was “a lot.”"),
        ("“Rain will fall. Snow too,” said Falk.", "Snow too", "Snow too"),
        ("“Rain will fall. It never closes", "Rain will fall", "Rain will fall"),
        ("“He says it rains,” said Falk.", "it rains,”", "it rains,"),
        ("''Rain, he thinks,'' said Falk.", "''Rain", "Rain"),
        ("He said [the mayor] would go.", "the mayor] would go", "[the mayor] would go"),
        ("He said (perhaps) that it rains (often).", "that it rains (often", "that it rains (often)"),
    ],
)
def test_a_content_takes_along_the_marks_and_brackets_of_its_words(text: str, words: str, expected: str) -> None:
    (found,) = Edges(text, quotations(text)).of_content([span(text, words)])
    assert found.of(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("According to Falk, it rains.", "Falk,", "Falk"),
        ("Falk said: “Rain.”", "said:", "said"),
        ("[Falk] said it rains.", "Falk]", "[Falk]"),
        ("“:”", ":", ":"),
    ],
)
def test_a_source_or_cue_ends_with_a_word(text: str, words: str, expected: str) -> None:
    (found,) = Edges(text, quotations(text)).of_label([span(text, words)])
    assert found.of(text) == expected
