"""Scores -> attributions: which pieces are cues, and which spans each of them claims as source and content.

Every candidate cue labels the pieces around it; a constrained Viterbi pass over the words finds its best sequence,
in which no span begins in its middle and the cue itself is a cue. Of several sources the likeliest stays (in PolNeAR's
training part nine attributions of 19,868 have two). Of candidates whose cues overlap, the likeliest stays.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.labels import ROLES
from onrecord.reading.pieces import Ints, Pieces
from onrecord.span import Span

Floats = NDArray[np.float32]
IMPOSSIBLE = -1e9
B_SOURCE = ROLES.index("B-source")


def _no_columns() -> Floats:
    return np.empty((0, 0), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of a text.

    `cue` (pieces,): the probability that a cue begins there. `anchors` (anchors,): the pieces that may be a cue's
    first, ascending. `roles` (anchors, 2 * reach + 1, labels): for each of them the log-probabilities of the labels of
    the pieces around it, itself in the middle. `names` (pieces, labels): log-probabilities. `mentions` (pieces, 6 *
    width): the vectors that reading/mentions.py and reading/coreference.py compare. `vectors` (pieces, dimensions):
    what reading/vectors.py makes vectors of. The last three have no columns where they were not asked for, or where
    the model has none.
    """

    cue: Floats
    anchors: Ints
    roles: Floats
    names: Floats
    mentions: Floats
    vectors: Floats = field(default_factory=_no_columns)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The spans of one attribution; `cue_score` is its cue's probability, `span_score` the mean one of its labels."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    cue_score: float
    span_score: float


def attributions_of(pieces: Pieces, scores: Scores, *, threshold: float) -> list[Attribution]:
    """The attributions whose cue is at least as likely as `threshold`, in the order of their cues."""
    chosen = np.flatnonzero(scores.cue[scores.anchors] >= threshold)
    if not len(chosen):
        return []
    anchors, roles = scores.anchors[chosen], scores.roles[chosen]
    reach = roles.shape[1] // 2
    around = anchors[:, None] + np.arange(-reach, reach + 1)
    inside = (around >= 0) & (around < len(pieces))
    words = inside & pieces.first[np.clip(around, 0, len(pieces) - 1)]
    emissions = np.where(words[..., None], roles, 0.0).astype(np.float32)
    emissions[:, reach] = IMPOSSIBLE
    emissions[:, reach, ROLES.index("B-cue")] = 0.0
    labels = viterbi(emissions, words)
    score = np.take_along_axis(roles, labels[..., None], axis=2)[..., 0]
    found: list[Attribution] = []
    taken: set[int] = set()
    for i in np.argsort(-scores.cue[anchors], kind="stable"):
        spans = _spans(pieces, labels[i], at=around[i], words=words[i])
        cue = next(s for s in spans["cue"] if s[0] == anchors[i])
        own = range(cue[0], cue[1] + 1)
        if not spans["content"] or not taken.isdisjoint(own):
            continue
        taken.update(own)
        named = words[i] & (labels[i] > 0) & (np.arange(len(labels[i])) != reach)
        likely = np.exp(np.logaddexp(roles[i, :, B_SOURCE], roles[i, :, B_SOURCE + 1]))
        found.append(
            Attribution(
                source=_characters(pieces, _likeliest(spans["source"], likely, first=around[i, 0])),
                cue=_characters(pieces, [cue]),
                content=_characters(pieces, spans["content"]),
                cue_score=float(scores.cue[anchors[i]]),
                span_score=float(np.exp(score[i][named].mean())) if named.any() else 0.0,
            )
        )
    return sorted(found, key=lambda a: a.cue)


def allowed_transitions() -> Floats:
    """(labels, labels): 0 where the second label may follow the first, else impossible."""
    table = np.zeros((len(ROLES), len(ROLES)), dtype=np.float32)
    for j, label in enumerate(ROLES):
        if label.startswith("I-"):
            table[:, j] = IMPOSSIBLE
            table[[ROLES.index(f"B-{label[2:]}"), j], j] = 0.0
    return table


def viterbi(emissions: Floats, words: NDArray[np.bool_]) -> Ints:
    """The best allowed sequence of labels for each anchor, (anchors, pieces); pieces that begin no word are O.

    `emissions` (anchors, pieces, labels) log-probabilities, `words` (anchors, pieces). Only words are walked through;
    behind an anchor's last one everything is O and costs nothing.
    """
    n_anchors, n_pieces, n_labels = emissions.shape
    place = np.cumsum(words, axis=1) - 1
    n_words = int(place.max(initial=-1)) + 1
    rows, pieces = np.nonzero(words)
    of_words = np.full((n_words, n_anchors, n_labels), IMPOSSIBLE, dtype=np.float32)
    of_words[:, :, 0] = 0.0
    of_words[place[rows, pieces], rows] = emissions[rows, pieces]
    chosen = _walk(of_words)
    labels = np.zeros((n_anchors, n_pieces), dtype=np.int64)
    labels[rows, pieces] = chosen[place[rows, pieces], rows]
    return labels


def _walk(emissions: Floats) -> Ints:
    """The best allowed labels, (words, anchors), for emissions (words, anchors, labels)."""
    table = allowed_transitions()
    n_words, n_anchors, n_labels = emissions.shape
    starts = np.array([IMPOSSIBLE if label.startswith("I-") else 0.0 for label in ROLES], dtype=np.float32)
    best = np.broadcast_to(starts, (n_anchors, n_labels))
    came_from = np.zeros((n_words, n_anchors, n_labels), dtype=np.int64)
    for t in range(n_words):
        if t:
            steps = best[:, :, None] + table
            came_from[t] = steps.argmax(axis=1)
            best = steps.max(axis=1)
        best = best + emissions[t]
    chosen = np.zeros((n_words, n_anchors), dtype=np.int64)
    label = best.argmax(axis=1)
    each = np.arange(n_anchors)
    for t in range(n_words - 1, -1, -1):
        chosen[t] = label
        label = came_from[t, each, label]
    return chosen


def _spans(pieces: Pieces, labels: Ints, *, at: Ints, words: NDArray[np.bool_]) -> dict[str, list[tuple[int, int]]]:
    """For each role its spans as first and last piece, in order."""
    spans: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
    previous = "O"
    for t in np.flatnonzero(words):
        label = ROLES[labels[t]]
        if label != "O":
            role = label[2:]
            if label[0] == "B" or previous != role:
                spans[role].append((int(at[t]), int(at[t])))
            spans[role][-1] = (spans[role][-1][0], _last_of_word(pieces, int(at[t])))
        previous = label[2:]
    return spans


def _likeliest(spans: list[tuple[int, int]], likely: Floats, *, first: int) -> list[tuple[int, int]]:
    """The span with the highest mean probability, none of none; `likely` begins with the piece `first`."""
    return [max(spans, key=lambda s: float(likely[s[0] - first : s[1] - first + 1].mean()))] if spans else []


def _last_of_word(pieces: Pieces, piece: int) -> int:
    last = piece
    while last + 1 < len(pieces) and not pieces.first[last + 1]:
        last += 1
    return last


def _characters(pieces: Pieces, spans: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(int(pieces.start[first]), int(pieces.end[last])) for first, last in spans)
