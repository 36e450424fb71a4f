"""When something was said: which expression of time is that of the saying, and which days it means."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.reading.sentences import sentences
from onrecord.reading.when import LONGEST_CHARS, When, times
from onrecord.span import Span
from onrecord.statement import Days, Statement

PUBLISHED = "2024-10-03"  # a Thursday
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "when.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
MARKED = re.compile(r"\{([sct])(\d?):([^{}]*)\}")


def unmarked(marked: str, *, same_source: bool = False) -> tuple[str, list[Statement]]:
    """The text without its marks, and the statements that they mark: {s:source}, {c:cue} and {t:content}."""
    text, spans, done = "", {}, 0
    for match in MARKED.finditer(marked):
        text += marked[done : match.start()]
        spans[match[1] + match[2]] = (Span(len(text), len(text) + len(match[3])),)
        text, done = text + match[3], match.end()
    numbers = [key[1:] for key in spans if key.startswith("t")]
    sources = {number: spans.get("s" if same_source else f"s{number}", ()) for number in numbers}
    cues = {number: spans.get(f"c{number}", ()) for number in numbers}
    return text + marked[done:], [Statement(spans[f"t{n}"], source=sources[n], cue=cues[n]) for n in numbers]


def read(text: str, statements: list[Statement], *, published: str | None = PUBLISHED) -> list[When]:
    """The times of the statements in a text of one paragraph."""
    day = date.fromisoformat(published) if published else None
    paragraphs = [Span(0, len(text))] if text else []
    return times(text, statements, sentences=sentences(text, paragraphs), published=day)


def days(said: str | None) -> Days | None:
    """The days written as one day, or as two with dots between."""
    start, _, end = (said or "").partition("..")
    return Days(date.fromisoformat(start), date.fromisoformat(end or start)) if said else None


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}: {case['text']}" for case in CASES])
def test_the_time_of_the_saying_is_what_the_case_says(case: dict[str, Any]) -> None:
    text, statements = unmarked(case["text"], same_source=case.get("same_source", False))
    found = read(text, statements, published=case.get("published", PUBLISHED))
    assert [span and span.of(text) for span, _ in found] == case["when"]
    assert [said for _, said in found] == [days(said) for said in case["said"]]


def inside(text: str, *, content: str, inner: str, inner_content: str) -> list[Statement]:
    """Falk's statement by the cue "said", and one inside it by the cue `inner`."""

    def at(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),)

    outer = Statement(at(content), source=at("Falk"), cue=at("said"))
    return [outer, Statement(at(inner_content), cue=at(inner), parent=0)]


def test_yesterday_in_a_quotation_counts_from_the_day_of_the_quotation() -> None:
    text = "On Monday Falk said: “Quill claimed yesterday that few cared.”"
    content = "“Quill claimed yesterday that few cared.”"
    outer, inner = read(text, inside(text, content=content, inner="claimed", inner_content="that few cared."))
    assert outer[1] == days("2024-09-30")
    assert inner[1] == days("2024-09-29")


def test_yesterday_in_a_quotation_of_no_day_counts_from_publication() -> None:
    text = "Falk said: “Quill claimed yesterday that few cared.”"
    content = "“Quill claimed yesterday that few cared.”"
    outer, inner = read(text, inside(text, content=content, inner="claimed", inner_content="that few cared."))
    assert outer == (None, None)
    assert inner[1] == days("2024-10-02")


def test_yesterday_without_quotation_marks_counts_from_publication() -> None:
    text = "On Monday Falk said that Quill claimed yesterday that few cared."
    content = "that Quill claimed yesterday that few cared"
    _, inner = read(text, inside(text, content=content, inner="claimed", inner_content="that few cared"))
    assert inner[1] == days("2024-10-02")


def test_the_time_of_the_outer_statement_is_not_that_of_the_inner_one() -> None:
    text = "On Monday Falk said that Quill claimed that few cared."
    content = "that Quill claimed that few cared"
    _, inner = read(text, inside(text, content=content, inner="claimed", inner_content="that few cared"))
    assert inner == (None, None)


def test_the_time_of_the_inner_statement_is_not_that_of_the_outer_one() -> None:
    text = "Falk said that Quill claimed on Monday that few cared."
    content = "that Quill claimed on Monday that few cared"
    outer, inner = read(text, inside(text, content=content, inner="claimed", inner_content="that few cared"))
    assert outer == (None, None)
    assert inner[1] == days("2024-09-30")


def test_a_quotation_dates_what_is_inside_it_where_the_article_has_no_date() -> None:
    text = "On Sept. 30, 2024, Falk said: “Quill claimed yesterday that few cared.”"
    content = "“Quill claimed yesterday that few cared.”"
    statements = inside(text, content=content, inner="claimed", inner_content="that few cared.")
    assert read(text, statements, published=None)[1][1] == days("2024-09-29")


def test_a_cue_in_another_sentence_than_the_content_has_its_own_time() -> None:
    text, statements = unmarked("{t:“It was shut on Sunday. Few cared!”} {s:Falk} {c:said} on Monday.")
    assert read(text, statements)[0][1] == days("2024-09-30")


def test_an_expression_may_end_the_text() -> None:
    text, statements = unmarked("{t:The quay is shut}, {s:Falk} {c:said} on Sunday")
    assert read(text, statements)[0] == (Span(len(text) - 9, len(text)), days("2024-09-29"))


def test_days_before_the_calendar_begins_are_none() -> None:
    text, statements = unmarked("{t:The quay is shut}, {s:Falk} {c:said} last week.")
    assert read(text, statements, published="0001-01-01")[0][1] is None


def test_a_list_without_sentences_has_no_times() -> None:
    text, statements = unmarked("{s:Falk} {c:said} on Sunday {t:it}" + ", Monday" * LONGEST_CHARS)
    assert read(text, statements) == [(None, None)]


def test_no_statements_have_no_times() -> None:
    assert read("Falk said on Sunday that the quay was shut.", []) == []


def test_statements_inside_each_other_raise_nothing() -> None:
    text = "Falk said on Sunday."
    circle = [Statement((Span(0, 4),), parent=1), Statement((Span(5, 9),), parent=0)]
    assert read(text, circle) == [(None, None), (None, None)]


SPANS = st.tuples(st.integers(0, 80), st.integers(1, 20)).map(lambda pair: (Span(pair[0], sum(pair)),))
STATEMENTS = st.lists(
    st.builds(Statement, content=SPANS, source=SPANS | st.just(()), cue=SPANS | st.just(())), max_size=4
)
WORDS = st.sampled_from(
    "Falk said that on Monday Feb. 30 31 0 99999 2014 1990s May the last this week ago two years yesterday night , . "
    "“ ” ' ’s ; — who and claimed will after Monday’s debate Sept. 24, 2022 \0 🚢 e\u0301 winter weekend".split()
)


@given(text=st.lists(WORDS | st.text(max_size=5), max_size=25).map(" ".join), statements=STATEMENTS)
@example(text="", statements=[Statement((Span(0, 1),))])
def test_no_text_raises_and_every_span_lies_in_it(text: str, statements: list[Statement]) -> None:
    for published in (None, "0001-01-01", "2024-02-29", "9999-12-31"):
        found = read(text, statements, published=published)
        assert len(found) == len(statements)
        assert all(span is None or span.end <= len(text) for span, _ in found)
        assert all(span is not None for span, said in found if said)
