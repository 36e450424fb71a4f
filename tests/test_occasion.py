"""Who stands between a speaker and the article: venues, reporters, and what carries a venue on."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.reading.named import Name, NameKind
from onrecord.reading.occasion import occasions
from onrecord.reading.sentences import sentences
from onrecord.span import Span, trimmed
from onrecord.statement import Act, Speaker, SpeakerKind, Statement, Via, ViaRole

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "occasions.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]
MARK = re.compile(r"\{(?P<label>[sct]\d?):|\}")
WORDS = (
    "“It holds,”",
    "said",
    "told",
    "Falk",
    "she",
    "on",
    "in",
    "the",
    "with",
    "to",
    "CNN",
    "Weyport Radio",
    "’s",
    ".",
)


def unmarked(marked: str) -> tuple[str, dict[str, Span]]:
    """The text without its marks, and the spans they mark: {s:source}, {c:cue} and {t:content}, with a number each."""
    text, done = "", 0
    spans: dict[str, Span] = {}
    opened: list[tuple[str, int]] = []
    for mark in MARK.finditer(marked):
        text, done = text + marked[done : mark.start()], mark.end()
        if mark["label"]:
            opened.append((mark["label"], len(text)))
        else:
            label, start = opened.pop()
            spans[label] = Span(start, len(text))
    return text + marked[done:], spans


def statements_of(case: dict[str, Any], spans: dict[str, Span]) -> list[Statement]:
    """The statements that the spans of a case make, in the order of their numbers."""
    numbers = sorted(label[1:] for label in spans if label.startswith("t"))
    made = []
    for number in numbers:
        source = spans.get("s" + case.get("sources", {}).get(number, number))
        cue = spans.get("c" + number)
        name, kind = case.get("speakers", {}).get(number, (None, None))
        parent = case.get("parents", {}).get(number)
        made.append(
            Statement(
                (spans["t" + number],),
                source=(source,) if source else (),
                cue=(cue,) if cue else (),
                speaker=Speaker(name, SpeakerKind(kind)) if name else None,
                parent=None if parent is None else numbers.index(parent),
            )
        )
    return made


def read(text: str, statements: list[Statement], *, names: dict[str, str] | None = None) -> list[tuple[Via, ...]]:
    """The vias of the statements in a text in which each line is a paragraph."""
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    named = [
        Name(Span(m.start(), m.end()), NameKind(kind))
        for name, kind in (names or {}).items()
        for m in re.finditer(re.escape(name), text)
    ]
    return occasions(text, statements, sentences=sentences(text, lines), names=named)


def spelt(via: Via) -> str:
    """The via as a case writes it."""
    return via.name if via.role is ViaRole.VENUE else f"reporter: {via.name}"


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_the_vias_are_what_the_case_says(case: dict[str, Any]) -> None:
    text, spans = unmarked(case["text"])
    found = read(text, statements_of(case, spans), names=case.get("names"))
    assert [[spelt(via) for via in vias] for vias in found] == case["via"]


def test_a_via_says_where_it_stands() -> None:
    text, spans = unmarked("{t:“It holds,”} {s:Falk} {c:said} in an interview with the Ode\nnewspaper Grey Sound.")
    content, source, cue = spans["t"], spans["s"], spans["c"]
    statement = Statement((content,), source=(source,), cue=(cue,))
    ((via,),) = occasions(text, [statement], sentences=[Span(0, len(text))], names=[])
    assert via.span is not None
    assert via.span.of(text) == via.name == "Grey Sound"


def test_a_misspelt_outlet_keeps_its_spelling_and_gets_the_right_one() -> None:
    text, spans = unmarked("{t:“It holds,”} {s:Falk} {c:told} the German newspaper Berliner Zietung.")
    ((via,),) = read(text, [Statement((spans["t"],), source=(spans["s"],), cue=(spans["c"],))])
    assert (via.name, via.proper) == ("Berliner Zietung", "Berliner Zeitung")


def test_a_name_that_several_outlets_bear_is_the_one_named_before() -> None:
    text, spans = unmarked("The Jakarta Post asked. {t:“It holds,”} {s:Falk} {c:told} the Post.")
    ((via,),) = read(text, [Statement((spans["t"],), source=(spans["s"],), cue=(spans["c"],))])
    assert via.name == "Jakarta Post"


def test_known_speakers_decide_whether_two_statements_are_of_one() -> None:
    marked = "{s:Falk} {c:said} at a rally {t:that it holds}, while {s1:the mayor} {c1:denied} {t1:that}."
    text, spans = unmarked(marked)
    rally = [
        statements_of({"speakers": {"": ["Jorun Falk", "person"], "1": [name, "person"]}}, spans)
        for name in ("Jorun Falk", "Maud Tarrant")
    ]
    assert [[via.name for via in read(text, both)[1]] for both in rally] == [["rally"], []]


def test_an_act_of_asking_is_a_question_without_its_mark() -> None:
    marked = (
        "{s:Falk} {c:told} Weyport Radio {t:it holds}. {s1:Weyport Radio} {c1:asked} {t1:whether it did}. "
        "{s2:Falk} {c2:said} {t2:it did}."
    )
    text, spans = unmarked(marked)
    told, asked, answer = statements_of({}, spans)
    question = Statement(asked.content, source=asked.source, cue=asked.cue, act=Act.ASK)
    assert [via.name for via in read(text, [told, question, answer])[2]] == ["Weyport Radio"]
    assert not read(text, [told, asked, answer])[2]


def test_no_statement_has_no_via() -> None:
    assert occasions("", [], sentences=[], names=[]) == []


def test_a_statement_at_the_end_of_the_text_has_its_venue() -> None:
    text, spans = unmarked("{t:“🚢 holds,”} {s:Falk} {c:told} Weyport Radio")
    ((via,),) = read(text, [Statement((spans["t"],), source=(spans["s"],), cue=(spans["c"],))])
    assert via.name == "Weyport Radio"


@st.composite
def texts_with_statements(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    """Any text, often of words that matter here, and statements anywhere in it, some inside others."""
    text = draw(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)))
    if not text:
        return text, []
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)).map(
        lambda pair: Span(pair[0], min(len(text), sum(pair)))
    )
    spans = st.lists(span, max_size=2).map(lambda found: tuple(sorted(found)))
    statement = st.builds(lambda t, s, c: Statement((t,), source=s, cue=c), span, spans, spans)
    return text, draw(st.lists(statement, max_size=5))


@settings(deadline=None)  # the first example reads the lists of outlets
@given(case=texts_with_statements())
@example(case=("on ’s", [Statement((Span(0, 1),), cue=(Span(0, 2),))]))
@example(case=("said, and", [Statement((Span(0, 1),), cue=(Span(0, 4),))]))
def test_any_text_has_vias_that_stand_in_it(case: tuple[str, list[Statement]]) -> None:
    text, statements = case
    found = read(text, statements)
    assert len(found) == len(statements)
    for via in (via for vias in found for via in vias):
        assert via.span is None or trimmed(text, start=via.span.start, end=via.span.end) == via.span
