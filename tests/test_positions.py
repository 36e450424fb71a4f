"""Positions of one speaker beside each other: what is claimed of two of them, and what is rather not claimed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onrecord.reading.acts import act_of
from onrecord.span import Span
from onrecord.statement import Form, Statement, Vector
from onrecord.tracing.opposites import opposites
from onrecord.tracing.positions import Pair, Position, pairs_of
from onrecord.tracing.stance import stance_in
from onrecord.tracing.words import words_of
from tests.tracing import DAY


def position(words: str, *, day: int = 0, speaker: str | None = "Falk", form: Form = Form.DIRECT) -> Position:
    """What somebody said, printed `day` days after the first one."""
    whole = Span(0, len(words))
    stance = stance_in(words, whole, statement=Statement(content=(whole,), form=form))
    assert stance is not None
    return Position(words, whole, stance, speaker, f"article {day}", DAY + timedelta(days=day))


def pair(earlier: str, later: str, *, topic: str = "") -> Pair | None:
    found = pairs_of([position(earlier), position(later, day=30)], topic=topic)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("earlier", "later", "relation", "differs"),
    [
        ("We could close the quay.", "We will close the quay.", "firmer", ["modality: could → will"]),
        ("We will close the quay.", "We may close the quay.", "softer", ["modality: will → may"]),
        ("We should close the quay.", "Perhaps we should close the quay.", "softer", ["modality: should → Perhaps"]),
        ("We will close the quay.", "We will not close the quay.", "reversed", ["negation: will → will not"]),
        ("The quay is safe.", "The quay is not safe.", "reversed", ["negation:  → not"]),
        ("I will raise the harbour tax.", "I will cut the harbour tax.", "reversed", ["opposite: raise → cut"]),
        ("We will close the quay.", "We will close the quay, I promise.", "repeated", []),
        ("We need 300 boats for the quay.", "We need 30 boats for the quay.", "repeated", ["quantity: 300 → 30"]),
        ("The quay is safe.", "The quay is generally safe.", "repeated", ["qualifier:  → generally"]),
        ("We will close the quay.", "We could not close the quay.", "reversed", ["negation: will → not"]),
    ],
)
def test_two_positions_on_one_thing_stand_beside_each_other(
    earlier: str, later: str, relation: str, differs: list[str]
) -> None:
    found = pair(earlier, later)
    assert found is not None
    assert found.relation.value == relation
    told = [f"{one.meaning}: {' '.join(one.earlier)} → {' '.join(one.later)}" for one in found.differs]
    assert [one for one in told if not one.startswith("modality: will → not")] == differs


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("We will close the quay.", "The ferry will return."),
        ("We will close the quay.", "We will paint the quay."),
        ("The quay is safe.", "The quay is old."),
        ("We will close the quay.", "We will not open the quay."),
        ("I think the quay is safe because the dyke is new.", "I think the quay is safe because the dyke is not new."),
        ("The crew was paid.", "The crew was not warned."),
    ],
)
def test_what_cannot_be_shown_to_be_the_same_thing_is_not_compared(earlier: str, later: str) -> None:
    found = pair(earlier, later)
    assert found is None or found.relation.value == "repeated"
    assert found is None or "not open" in later


def test_the_topic_alone_makes_no_pair() -> None:
    assert pair("The quay is old.", "The quay was a gift.", topic="quay") is None
    assert pair("We could close the quay.", "We will close the quay.", topic="quay") is not None


def test_a_position_stands_beside_the_nearest_of_those_before() -> None:
    words = (
        "We could close the quay.",
        "We could close the old quay in spring.",
        "We will close the old quay in spring.",
    )
    found = pairs_of([position(one, day=10 * n) for n, one in enumerate(words)])
    assert [(one.earlier, one.later, one.relation.value) for one in found] == [
        (0, 1, "repeated"),
        (1, 2, "firmer"),
    ]


@pytest.mark.parametrize(
    "change",
    [{"speaker": "Brandvold"}, {"article": "article 0"}, {"day": DAY}, {"day": None}, {"speaker": None}],
    ids=lambda change: "other " + next(iter(change)),
)
def test_only_one_speaker_in_two_reports_of_two_days_is_compared(change: dict[str, object]) -> None:
    first, second = position("We could close the quay."), position("We will close the quay.", day=30)
    assert pairs_of([first, second])
    assert not pairs_of([first, replace(second, **change)])  # type: ignore[arg-type]


def test_what_means_something_else_is_not_compared() -> None:
    near, far = Vector("p", 0, bytes([127, 0])), Vector("p", 0, bytes([0, 127]))
    other = Vector("q", 0, bytes([0, 127]))
    first = replace(position("We could close the quay."), vector=near)
    second = position("We will close the quay.", day=30)
    assert pairs_of([first, replace(second, vector=near)])
    assert not pairs_of([first, replace(second, vector=far)])
    assert pairs_of([first, replace(second, vector=other)])


def test_what_reporters_call_it_makes_nothing_firmer() -> None:
    text = "Falk proposed to close the quay. Falk promised to close the quay."
    cues, contents = ("proposed", "promised"), []
    for n, cue in enumerate(cues):
        at = text.index(cue)
        content = Span(text.index("to close", at), text.index(".", at))
        cue_span = Span(at, at + len(cue))
        statement = Statement(content=(content,), cue=(cue_span,), form=Form.INDIRECT, act=act_of(cue, "to close"))
        stance = stance_in(text, content, statement=statement)
        assert stance is not None
        contents.append(Position(text, content, stance, "Falk", f"article {n}", DAY + timedelta(days=n)))
    assert not pairs_of(contents)


def test_a_sentence_that_has_both_words_has_no_opposite() -> None:
    def words(text: str) -> tuple[str, ...]:
        return opposites(words_of(text, Span(0, len(text))), words_of(later, Span(0, len(later))))

    later = "We will close the gate."
    assert words("We will open the gate.") == ("open", "close")
    assert words("We will open and close the gate.") == ()
    assert words("We will paint the gate.") == ()
