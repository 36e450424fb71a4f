"""Turns an exported model's scores into confidence, on the articles set aside for tuning."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from onrecord.reading.decode import Attribution, attributions_of
from onrecord.reading.encoder import Encoder
from onrecord.reading.reader import Reader
from onrecord.reading.selection import features_of, log_odds, selected
from training.corpora import Document
from training.evaluate import as_json
from training.labels import Labelled, labelled

FLOOR = 0.2  # a cue less likely than this is not looked into
MEASURES = ("relation", "content_overlap", "source_span", "cue_span", "content_span")
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45)
PULL = 0.1
NEWTON_STEPS = 50


class Calibration(NamedTuple):
    """Weights of confidence, the least confidence of a statement, and the mean of `MEASURES` with it."""

    weights: list[float]
    threshold: float
    mean: float


def calibrated(encoder: Encoder, documents: Sequence[Document]) -> Calibration:
    """Confidence fitted to whether the gold has an attribution, and the threshold that is best for the measures."""
    from score_attributions import score as official

    candidates = [
        attributions_of(d.pieces, s, threshold=FLOOR)
        for d, s in zip(documents, encoder.scores([d.pieces for d in documents], floor=FLOOR), strict=True)
    ]
    weights = fitted(documents, candidates)
    worth = {}
    for threshold in THRESHOLDS:
        kept = [selected(c, weights=weights, threshold=threshold) for c in candidates]
        scores = official((d.text, d.gold, as_json(k)) for d, k in zip(documents, kept, strict=True))
        worth[threshold] = sum(scores[measure]["f1"] for measure in MEASURES) / len(MEASURES)
    best = max(worth, key=lambda t: worth[t])
    return Calibration(weights, best, round(worth[best], 4))


def fitted(documents: Sequence[Document], candidates: Sequence[Sequence[Attribution]]) -> list[float]:
    """Weights of a logistic function from an attribution's features to the probability that it is right."""
    features = [features_of(a) for reading in candidates for a in reading]
    answers = [r for d, c in zip(documents, candidates, strict=True) for r in right(d, c)]
    return logistic(np.array(features), np.array(answers))


def speaker_weights(reader: Reader) -> dict[str, list[float]]:
    """For each way of knowing a speaker the weights from what its mentions add up to, to the probability of it."""
    found: dict[str, list[Labelled]] = defaultdict(list)
    for statement in labelled(reader):
        if statement.own:
            found[statement.own.known_by].append(statement)
    return {
        known_by: logistic(
            np.array([(1.0, log_odds(s.own.confidence)) for s in group if s.own]), np.array([s.right for s in group])
        )
        for known_by, group in found.items()
    }


def logistic(x: "np.ndarray", y: "np.ndarray") -> list[float]:
    """The weights of a logistic function that fit answers to features, by Newton's method, pulled towards zero."""
    weights = np.zeros(x.shape[1])
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        curvature = (x * (p * (1 - p))[:, None]).T @ x + PULL * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(curvature, x.T @ (y - p) - PULL * weights)
    return [round(float(w), 4) for w in weights]


def right(document: Document, found: Sequence[Attribution]) -> list[bool]:
    """Whether the gold has each attribution, by the measure `relation`."""
    from score_attributions import ROLES, WORD, align, words_of

    starts = [m.start() for m in WORD.finditer(document.text)]
    gold, own = (
        [{role: words_of(starts, a[role]) for role in ROLES} for a in side] for side in (document.gold, as_json(found))
    )
    pairs = align([g for g in gold if g["content"]], own)
    good = {id(a) for _, a, content, source in pairs if content >= 0.5 and source >= 0.5}
    return [id(a) in good for a in own]
