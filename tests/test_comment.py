"""Which requests for comment an article tells of: who asked whom, by what means, and whether an answer came."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import CommentRequest
from onrecord.reading.comment import comment_requests, with_speakers
from onrecord.reading.named import Name, NameKind
from onrecord.reading.sentences import sentences
from onrecord.span import Span
from onrecord.statement import Speaker, SpeakerKind, Statement

OUTLET = "The Weyport Ledger"
KINDS = {
    NameKind.PERSON: ["Falk", "Quill", "Brandvold", "Ines Brandl"],
    NameKind.PLACE: ["Norrland", "Ostmark", "Weyport"],
    NameKind.ORGANISATION: [
        *("Weyport Ledger", "Ledger", "Tide Weekly", "Morning Post", "Facebook"),
        *("Grey Sound Lines", "Sea Union", "Ministry of Tides"),
    ],
}
KIND_OF = {words: kind for kind, names in KINDS.items() for words in names}
NAMED = re.compile("|".join(sorted(KIND_OF, key=len, reverse=True)))
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "comment.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]


def names_in(text: str) -> list[Name]:
    return [Name(Span(*match.span()), KIND_OF[match.group()]) for match in NAMED.finditer(text)]


def requests_in(text: str, *, outlet: str | None = OUTLET) -> tuple[CommentRequest, ...]:
    """The requests in a text of one paragraph."""
    whole = [Span(0, len(text))] if text else []
    return comment_requests(text, sentences=sentences(text, whole), names=names_in(text), outlet=outlet)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_text_tells_of_the_requests_that_the_case_says(case: dict[str, Any]) -> None:
    found = [
        {"by": r.by, "of": list(r.of), "medium": r.medium, "answered": r.answered} for r in requests_in(case["text"])
    ]
    assert found == case["requests"]


def test_a_request_ends_with_its_sentence_where_the_next_one_says_nothing_of_it() -> None:
    text = "Storms are due. The Ledger has asked Falk for comment. The crane stands."
    (request,) = requests_in(text)
    assert request.span.of(text) == "The Ledger has asked Falk for comment."
    assert request.answered is None


def test_a_request_reaches_over_the_sentence_that_says_what_became_of_it() -> None:
    text = "Storms are due. The Ledger has asked Falk for comment.\nShe had not replied by Friday. The crane stands."
    (request,) = requests_in(text)
    assert request.span.of(text) == "The Ledger has asked Falk for comment.\nShe had not replied by Friday."
    assert request.answered is False


def test_a_request_may_stand_at_the_end_of_the_text_without_a_full_stop() -> None:
    text = "Storms are due. Falk’s office did not respond to a request for comment"
    (request,) = requests_in(text)
    assert request.span.end == len(text)
    assert request.of == ("Falk's office",)


def test_an_outlet_that_means_itself_is_nobody_where_the_article_has_no_outlet() -> None:
    (request,) = requests_in("We have contacted the harbour board for comment.", outlet=None)
    assert request.by is None


def test_without_names_the_words_alone_are_read() -> None:
    text = "The Norrish and Ostmark foreign ministries did not respond to a request for comment."
    (request,) = comment_requests(text, sentences=[Span(0, len(text))], names=(), outlet=None)
    assert request.of == ("Norrish foreign ministry", "Ostmark foreign ministry")


def test_a_name_with_an_and_in_it_is_one_party() -> None:
    text = "Sand and Sons declined to comment."
    (request,) = comment_requests(
        text, sentences=[Span(0, len(text))], names=[Name(Span(0, 13), NameKind.ORGANISATION)], outlet=None
    )
    assert request.of == ("Sand and Sons",)


def test_words_broken_over_lines_are_read_as_one_sentence() -> None:
    (request,) = requests_in("Falk did not\nrespond to a request\nfor comment from\nTide Weekly.")
    assert (request.by, request.of) == ("Tide Weekly", ("Falk",))


def test_no_sentences_tell_of_no_requests() -> None:
    assert comment_requests("Falk declined to comment.", sentences=[], names=[], outlet=None) == ()
    assert requests_in("") == ()


PIECES = [
    *(
        "Falk",
        "Quill",
        "The Ledger",
        "the board",
        "she",
        "None of them",
        "Neither",
        "his lawyer",
        "Friday",
        "🚢",
        "e\u0301",
    ),
    *(" declined to comment", " did not respond to ", "requests for comment", " from ", " to ", " were not returned"),
    *(" has contacted ", " for comment", "Asked for comment", "Reached by phone", " could not be reached", " said"),
    *(", ", " and ", ". ", "\n", "“", "”", "’s ", "(", '"', " who ", " but ", " ", "\xa0"),
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25), outlet=st.sampled_from([None, "", OUTLET]))
def test_any_words_can_be_read_and_spans_lie_in_the_text(pieces: list[str], outlet: str | None) -> None:
    text = "".join(pieces)
    places = {request.span for request in requests_in(text, outlet=outlet)}
    assert all(span.end <= len(text) and span.of(text).strip() for span in places)


@given(text=st.text(), cuts=st.lists(st.integers(0, 40), max_size=6))
def test_any_text_can_be_read_wherever_its_sentences_and_names_end(text: str, cuts: list[int]) -> None:
    places = sorted({cut for cut in cuts if cut <= len(text)})
    spans = [Span(start, end) for start, end in pairwise(places)]
    found = comment_requests(text, sentences=spans, names=[Name(span, NameKind.PERSON) for span in spans], outlet=None)
    assert all(any(span.start == request.span.start for span in spans) for request in found)


def test_a_sentence_without_end_takes_no_longer_than_its_first_part() -> None:
    text = "has contacted for comment, " * 20_000
    assert len(requests_in(text)) <= 1


def test_a_pronoun_s_party_is_the_speaker_of_that_statement() -> None:
    text = "He declined to say when. She did not respond to a request for comment."
    he, she = Span(0, 2), Span(25, 28)
    requests = (
        CommentRequest(None, ("he",), None, answered=False, span=Span(0, 24)),
        CommentRequest(None, ("she", "Grey Sound Lines"), None, answered=False, span=Span(25, len(text))),
    )
    quill = Statement(
        source=(he,), cue=(Span(3, 11),), content=(Span(12, 23),), speaker=Speaker("Per Quill", SpeakerKind.PERSON)
    )
    unknown = Statement(source=(she,), cue=(Span(29, 36),), content=(Span(37, 69),))
    assert [r.of for r in with_speakers(text, requests, [quill, unknown])] == [
        ("Per Quill",),
        ("she", "Grey Sound Lines"),
    ]
