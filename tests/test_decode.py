"""Decoding: the best sequence of labels that is allowed, and the attributions it stands for."""

import re
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.decode import (
    IMPOSSIBLE,
    Attribution,
    Floats,
    Scores,
    allowed_transitions,
    attributions_of,
    viterbi,
)
from onrecord.reading.labels import ROLES
from onrecord.reading.pieces import FEATURES, Ints, Pieces
from onrecord.span import Span

REACH = 12
SURE = -0.01
UNLIKELY = -6.0


def pieces_of_words(*words: str) -> tuple[str, Pieces]:
    """A text of words, one space apart, and its pieces; a word with a "+" in it has a second piece behind it."""
    start, end, first, at = [], [], [], 0
    for word in words:
        for i, part in enumerate(word.split("+")):
            start.append(at)
            end.append(at + len(part))
            first.append(i == 0)
            at += len(part)
        at += 1
    n_pieces = len(start)
    features = np.zeros((n_pieces, len(FEATURES)), dtype=np.int64)
    arrays = (np.zeros(n_pieces, dtype=np.int64), np.array(start, dtype=np.int64), np.array(end, dtype=np.int64))
    text = " ".join(words).replace("+", "")
    return text, Pieces(*arrays, np.array(first, dtype=np.bool_), features, np.zeros(n_pieces, dtype=np.int64))


def scores_of(n_pieces: int, cues: dict[int, tuple[float, dict[int, str]]]) -> Scores:
    """Scores that are sure of these labels: for each cue's first piece its probability and its pieces' labels."""
    cue = np.zeros(n_pieces, dtype=np.float32)
    roles = np.full((len(cues), 2 * REACH + 1, len(ROLES)), UNLIKELY, dtype=np.float32)
    roles[:, :, 0] = SURE
    for row, (anchor, (probability, labels)) in enumerate(sorted(cues.items())):
        cue[anchor] = probability
        for piece, label in labels.items():
            roles[row, piece - anchor + REACH] = UNLIKELY
            roles[row, piece - anchor + REACH, ROLES.index(label)] = SURE
    anchors = np.array(sorted(cues), dtype=np.int64)
    nothing = np.zeros((n_pieces, 0), dtype=np.float32)
    return Scores(cue, anchors, roles, names=nothing, mentions=nothing)


def seen(text: str, found: list[Attribution]) -> list[tuple[list[str], list[str], list[str]]]:
    """Source, cue and content of each attribution as words."""
    roles = [(a.source, a.cue, a.content) for a in found]
    return [([s.of(text) for s in x], [s.of(text) for s in y], [s.of(text) for s in z]) for x, y, z in roles]


def best_by_trying_all(emissions: Floats) -> float:
    """The score of the best allowed sequence of labels, (words, labels)."""
    table = allowed_transitions()
    return max(
        sum(float(emissions[t, label]) for t, label in enumerate(labels))
        for labels in product(range(len(ROLES)), repeat=len(emissions))
        if is_allowed([0, *labels], table)
    )


def is_allowed(labels: list[int], table: Floats) -> bool:
    """Whether each label may follow the one before it."""
    return all(table[a, b] == 0 for a, b in pairwise(labels))


def score_of(emissions: Floats, labels: Ints) -> float:
    return float(sum(emissions[t, label] for t, label in enumerate(labels)))


def test_an_inner_label_follows_only_its_own_role() -> None:
    table = allowed_transitions()
    allowed = {(a, b) for i, a in enumerate(ROLES) for j, b in enumerate(ROLES) if table[i, j] == 0}
    assert {(a, b) for a, b in allowed if b.startswith("I-")} == {
        (f"{letter}-{role}", f"I-{role}") for letter in "BI" for role in ("source", "content", "cue")
    }
    assert {(a, b) for a in ROLES for b in ROLES if not b.startswith("I-")} <= allowed


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), n_words=st.integers(1, 4))
def test_viterbi_finds_what_trying_all_sequences_finds(seed: int, n_words: int) -> None:
    emissions = np.random.default_rng(seed).normal(size=(1, n_words, len(ROLES))).astype(np.float32)
    (labels,) = viterbi(emissions, np.ones((1, n_words), dtype=np.bool_))
    assert is_allowed([0, *labels], allowed_transitions())
    assert score_of(emissions[0], labels) == pytest.approx(best_by_trying_all(emissions[0]), abs=1e-4)


@given(seed=st.integers(0, 2**32 - 1), n_pieces=st.integers(0, 30), n_anchors=st.integers(0, 4))
def test_viterbi_passes_over_pieces_that_begin_no_word(seed: int, n_pieces: int, n_anchors: int) -> None:
    rng = np.random.default_rng(seed)
    words = rng.random((n_anchors, n_pieces)) < 0.6
    emissions = np.where(words[..., None], rng.normal(size=(n_anchors, n_pieces, len(ROLES))), 0.0).astype(np.float32)
    labels = viterbi(emissions, words)
    assert labels.shape == (n_anchors, n_pieces)
    assert not labels[~words].any()
    for i in range(n_anchors):
        alone = viterbi(emissions[i : i + 1, words[i]], np.ones((1, int(words[i].sum())), dtype=np.bool_))
        assert list(labels[i, words[i]]) == list(alone[0])


@given(seed=st.integers(0, 2**32 - 1), n_words=st.integers(1, 24))
def test_no_span_begins_in_its_middle(seed: int, n_words: int) -> None:
    emissions = 5 * np.random.default_rng(seed).normal(size=(3, n_words, len(ROLES))).astype(np.float32)
    for labels in viterbi(emissions, np.ones((3, n_words), dtype=np.bool_)):
        assert is_allowed([0, *labels], allowed_transitions())


def test_a_word_that_must_have_a_label_has_it() -> None:
    emissions = np.zeros((1, 3, len(ROLES)), dtype=np.float32)
    emissions[0, :, 0] = 100
    emissions[0, 1] = IMPOSSIBLE
    emissions[0, 1, ROLES.index("B-cue")] = 0
    assert [ROLES[label] for label in viterbi(emissions, np.ones((1, 3), dtype=np.bool_))[0]] == ["O", "B-cue", "O"]


def test_source_cue_and_content_come_out_to_the_character() -> None:
    text, pieces = pieces_of_words("Mara", "Qu+ill", "has", "warned", "that", "it", "float+s")
    labels = {0: "B-source", 1: "I-source", 4: "I-cue", 5: "B-content", 6: "I-content", 7: "I-content"}
    found = attributions_of(pieces, scores_of(len(pieces), {3: (0.9, labels)}), threshold=0.5)
    assert seen(text, found) == [(["Mara Quill"], ["has warned"], ["that it floats"])]
    assert found[0].content[0].end == len(text)
    assert found[0].cue_score == pytest.approx(0.9)
    assert found[0].span_score == pytest.approx(np.exp(SURE))


def test_a_role_may_have_several_spans_that_touch_or_do_not() -> None:
    text, pieces = pieces_of_words("one", "two", "said", "she", "three")
    labels = {0: "B-content", 1: "B-content", 3: "B-source", 4: "B-content"}
    found = attributions_of(pieces, scores_of(5, {2: (0.9, labels)}), threshold=0.5)
    assert seen(text, found) == [(["she"], ["said"], ["one", "two", "three"])]


def test_of_two_sources_the_likelier_stays() -> None:
    text, pieces = pieces_of_words("Ash", "and", "Mara", "Quill", "said", "yes")
    labels = {0: "B-source", 2: "B-source", 3: "I-source", 5: "B-content"}
    scores = scores_of(6, {4: (0.9, labels)})
    scores.roles[0, REACH - 4, ROLES.index("B-source")] = -0.5
    found = attributions_of(pieces, scores, threshold=0.5)
    assert seen(text, found) == [(["Mara Quill"], ["said"], ["yes"])]


def test_two_cues_may_share_a_source() -> None:
    text, pieces = pieces_of_words("Ash", "denied", "it", "and", "vowed", "more")
    cues = {1: (0.9, {0: "B-source", 2: "B-content"}), 4: (0.8, {0: "B-source", 5: "B-content"})}
    found = attributions_of(pieces, scores_of(6, cues), threshold=0.5)
    assert seen(text, found) == [(["Ash"], ["denied"], ["it"]), (["Ash"], ["vowed"], ["more"])]


def test_a_candidate_inside_a_likelier_ones_cue_is_dropped() -> None:
    text, pieces = pieces_of_words("Ash", "made", "clear", "it", "ends")
    cues = {
        1: (0.9, {0: "B-source", 2: "I-cue", 3: "B-content", 4: "I-content"}),
        2: (0.6, {0: "B-source", 3: "B-content", 4: "I-content"}),
    }
    found = attributions_of(pieces, scores_of(5, cues), threshold=0.5)
    assert seen(text, found) == [(["Ash"], ["made clear"], ["it ends"])]


def test_no_two_cues_overlap_whichever_is_likelier() -> None:
    text, pieces = pieces_of_words("Ash", "made", "clear", "it", "ends")
    cues = {
        1: (0.6, {0: "B-source", 2: "I-cue", 3: "B-content", 4: "I-content"}),
        2: (0.9, {0: "B-source", 3: "B-content", 4: "I-content"}),
    }
    found = attributions_of(pieces, scores_of(5, cues), threshold=0.5)
    assert seen(text, found) == [(["Ash"], ["clear"], ["it ends"])]


def test_a_candidate_without_content_is_none_and_leaves_its_cue_to_others() -> None:
    text, pieces = pieces_of_words("Ash", "made", "clear", "it", "ends")
    cues = {1: (0.9, {0: "B-source", 2: "I-cue"}), 2: (0.6, {0: "B-source", 3: "B-content"})}
    found = attributions_of(pieces, scores_of(5, cues), threshold=0.5)
    assert seen(text, found) == [(["Ash"], ["clear"], ["it"])]


def test_candidates_below_the_threshold_are_left_out() -> None:
    _, pieces = pieces_of_words("Ash", "said", "yes")
    scores = scores_of(3, {1: (0.5, {0: "B-source", 2: "B-content"})})
    assert len(attributions_of(pieces, scores, threshold=0.5)) == 1
    assert attributions_of(pieces, scores, threshold=0.51) == []


def test_a_second_cue_span_belongs_to_nobody_and_the_first_is_the_anchors() -> None:
    text, pieces = pieces_of_words("told", "us", "yes", "adding", "no")
    found = attributions_of(pieces, scores_of(5, {0: (0.9, {2: "B-content", 3: "B-cue"})}), threshold=0.5)
    assert seen(text, found) == [([], ["told"], ["yes"])]


def test_the_anchor_is_a_cue_whatever_its_labels_say() -> None:
    text, pieces = pieces_of_words("Ash", "said", "yes")
    found = attributions_of(pieces, scores_of(3, {1: (0.9, {1: "B-source", 2: "B-content"})}), threshold=0.5)
    assert seen(text, found) == [([], ["said"], ["yes"])]


def test_an_anchor_at_either_end_of_the_text_reads_no_further() -> None:
    text, pieces = pieces_of_words("said", "Ash", "yes", "repl+ied")
    cues = {0: (0.9, {1: "B-source", 2: "B-content"}), 3: (0.9, {1: "B-source", 2: "B-content"})}
    found = attributions_of(pieces, scores_of(5, cues), threshold=0.5)
    assert seen(text, found) == [(["Ash"], ["said"], ["yes"]), (["Ash"], ["replied"], ["yes"])]


def test_labels_beyond_the_texts_ends_count_for_nothing() -> None:
    text, pieces = pieces_of_words("Ash", "said", "yes")
    scores = scores_of(3, {1: (0.9, {2: "B-content"})})
    scores.roles[0, REACH + 2 :, :] = UNLIKELY
    scores.roles[0, REACH + 2 :, ROLES.index("B-content")] = 0.0
    scores.roles[0, : REACH - 1, ROLES.index("B-source")] = 0.0
    assert seen(text, attributions_of(pieces, scores, threshold=0.5)) == [([], ["said"], ["yes"])]


@pytest.mark.parametrize("words", [(), ("yes",)])
def test_a_text_without_anchors_has_no_attributions(words: tuple[str, ...]) -> None:
    _, pieces = pieces_of_words(*words)
    assert attributions_of(pieces, scores_of(len(pieces), {}), threshold=0.0) == []


@given(seed=st.integers(0, 2**32 - 1), n_pieces=st.integers(1, 40))
def test_attributions_lie_in_the_text_in_order_and_share_no_cue(seed: int, n_pieces: int) -> None:
    rng = np.random.default_rng(seed)
    text, pieces = pieces_of_words(*["w+w" if rng.random() < 0.4 else "www" for _ in range(n_pieces)])
    anchors = np.flatnonzero(pieces.first & (rng.random(len(pieces)) < 0.5))
    roles = 4 * rng.normal(size=(len(anchors), 2 * REACH + 1, len(ROLES))).astype(np.float32)
    roles -= np.log(np.exp(roles).sum(axis=-1, keepdims=True))
    cue = rng.random(len(pieces)).astype(np.float32)
    nothing = np.zeros((len(pieces), 0), dtype=np.float32)
    found = attributions_of(pieces, Scores(cue, anchors, roles, names=nothing, mentions=nothing), threshold=0.3)
    assert [a.cue for a in found] == sorted(a.cue for a in found)
    words = [Span(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    starts, ends = {word.start for word in words}, {word.end for word in words}
    cues: list[Span] = []
    for attribution in found:
        assert attribution.content
        assert len(attribution.source) <= 1
        assert 0 <= attribution.span_score <= 1
        (span,) = attribution.cue
        assert not any(span.meets(other) for other in cues)
        cues.append(span)
        every = sorted((*attribution.source, *attribution.cue, *attribution.content))
        assert all(s.start in starts and s.end in ends for s in every)
        assert not any(a.meets(b) for a, b in pairwise(every))
        assert list(attribution.content) == sorted(attribution.content)
