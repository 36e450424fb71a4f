"""Which act a cue names, and which words may be a cue at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.acts import act_of, holds_cue
from onrecord.statement import Act

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "acts.jsonl").read_text(encoding="utf-8").split("\n")
    if line
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['cue']} {case.get('content', '')}" for case in CASES])
def test_a_cue_names_the_act_that_the_case_says(case: dict[str, str]) -> None:
    assert act_of(case["cue"], case.get("content", "the harbour is closed")) is Act(case["act"])


def test_the_cases_have_every_act() -> None:
    assert {case["act"] for case in CASES} == set(Act)


@given(cue=st.text(), content=st.text())
def test_any_words_have_an_act(cue: str, content: str) -> None:
    assert isinstance(act_of(cue, content), Act)
    assert isinstance(holds_cue(content), bool)


@pytest.mark.parametrize(
    "content",
    [
        "the engineer said the quay was sound",
        "Quill DENIED it",
        "that, according to the Tide, nobody came",
        "he made it clear",
        "the crew is ready",
        "it is over, she thinks",
        "thinking",
    ],
)
def test_content_may_hold_a_cue(content: str) -> None:
    assert holds_cue(content)


@pytest.mark.parametrize("content", ["", "the quay was empty", "according", "🚢", "an essay", "2031"])
def test_content_without_a_word_of_the_list_holds_no_cue(content: str) -> None:
    assert not holds_cue(content)
