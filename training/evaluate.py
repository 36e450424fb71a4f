"""Scores a torch model on articles by the official measures, and finds the threshold of a cue that serves best."""

import sys
from collections.abc import Iterable, Sequence

import numpy as np
import torch

from onrecord.reading.decode import Attribution, Scores, attributions_of
from training.batches import score
from training.corpora import SHARED, Document, Json
from training.model import ReaderNet

sys.path.insert(0, str(SHARED / "eval"))

THRESHOLDS = [0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65]
SPANS = ("source", "cue", "content")


def as_json(found: Iterable[Attribution]) -> list[Json]:
    """Attributions as the scorer wants them."""
    return [{role: [[s.start, s.end] for s in getattr(a, role)] for role in SPANS} for a in found]


def best_threshold(net: ReaderNet, documents: Sequence[Document], *, device: str) -> tuple[float, Json]:
    """The threshold of a cue that is best for `relation`, and `relation` at each."""
    found = [_found(net, d, device=device) for d in documents]
    scored = {}
    for threshold in THRESHOLDS:
        kept = [[a for a in attributions if a.cue_score >= threshold] for attributions, _ in found]
        scored[threshold] = round(_official(documents, kept)["relation"]["f1"], 4)
    return max(scored, key=lambda t: scored[t]), scored


def evaluate(net: ReaderNet, documents: Sequence[Document], *, threshold: float, device: str) -> Json:
    """F1 by measure, and F1 of the names' words."""
    found = [_found(net, d, threshold=threshold, device=device) for d in documents]
    right, gold, predicted = np.sum([_name_words(d, s) for d, (_, s) in zip(documents, found, strict=True)], axis=0)
    measures = _official(documents, [attributions for attributions, _ in found])
    return {name: round(value["f1"], 4) for name, value in measures.items()} | {
        "names_words": round(float(2 * right / max(gold + predicted, 1)), 4)
    }


def _found(
    net: ReaderNet, document: Document, *, device: str, threshold: float = THRESHOLDS[0]
) -> tuple[list[Attribution], Scores]:
    net.eval()
    with torch.autocast(device, dtype=torch.bfloat16):
        scores = score(net, document, floor=threshold, device=device)
    return attributions_of(document.pieces, scores, threshold=threshold), scores


def _official(documents: Sequence[Document], found: Sequence[Sequence[Attribution]]) -> Json:
    from score_attributions import score as official

    measures: Json = official((d.text, d.gold, as_json(f)) for d, f in zip(documents, found, strict=True))
    return measures


def _name_words(document: Document, scores: Scores) -> np.ndarray:
    """How many words of names are labelled right, how many there are, how many are labelled as such."""
    first = document.pieces.first
    predicted, gold = scores.names.argmax(1)[first], document.names[first]
    return np.array([((predicted == gold) & (gold > 0)).sum(), (gold > 0).sum(), (predicted > 0).sum()])
