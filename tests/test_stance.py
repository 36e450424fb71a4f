"""How statements are put: the stance of sentences of our own, most of them hard."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.reading.acts import act_of
from onrecord.span import Span
from onrecord.statement import Form, Speaker, SpeakerKind, Statement
from onrecord.tracing.stance import stance_in
from onrecord.tracing.stances import Stance

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "stances.jsonl").read_text(encoding="utf-8").splitlines()
]
FALK = Speaker("Jorun Falk", SpeakerKind.PERSON)


def put(content: str, *, cue: str = "said", source: str = "Falk") -> tuple[str, Stance | None]:
    """A text in which somebody says this, and the stance of it."""
    text = f"{source} {cue} {content}."
    at = text.index(content, len(source) + len(cue))
    statement = Statement(
        source=(Span(0, len(source)),),
        cue=(Span(len(source) + 1, len(source) + 1 + len(cue)),),
        content=(Span(at, at + len(content)),),
        speaker=FALK,
        form=Form.DIRECT if content.startswith("“") else Form.INDIRECT,
        act=act_of(cue, content),
    )
    return text, stance_in(text, statement.content[0], statement=statement)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['cue']} {case['content']}")
def test_a_statement_is_put_as_its_words_say(case: dict[str, Any]) -> None:
    _, found = put(case["content"], cue=case["cue"], source=case.get("source", "Falk"))
    got = (found.certainty.value, found.polarity.value) if found else (None, None)
    assert got == (case["certainty"], case["polarity"])


@pytest.mark.parametrize(
    ("cue", "content", "shown"),
    [
        ("said", "“We could close the quay”", ["could"]),
        ("said", "“We will not close the quay”", ["will", "not"]),
        ("denied", "that the quay was unsafe", ["denied"]),
        ("said", "“We don’t close the quay”", ["n’t"]),
        ("said", "“The quay is safe”", []),
        ("said", "nothing was excluded", ["nothing", "excluded"]),
    ],
)
def test_the_words_that_show_it_are_marked(cue: str, content: str, shown: list[str]) -> None:
    text, found = put(content, cue=cue)
    assert found is not None
    assert [span.of(text) for span in found.shown] == shown


def test_each_sentence_has_a_stance_of_its_own() -> None:
    text = "“The quay is safe. It will not close.”"
    statement = Statement(content=(Span(0, len(text)),), speaker=FALK, form=Form.DIRECT)
    first = stance_in(text, Span(0, 18), statement=statement)
    second = stance_in(text, Span(19, len(text)), statement=statement)
    assert [one and one.certainty.value for one in (first, second)] == ["asserted", "denied"]


@pytest.mark.parametrize("content", ["🚢", "…", "?", "“", "No.", "not", "if", "would", "that", "to", "I do not"])
def test_nothing_that_is_said_breaks_it(content: str) -> None:
    put(content)
