"""Which candidates become statements: how sure each is, and that no words are said twice.

In PolNeAR nine pairs of 19,868 attributions share words of their contents. So where two candidates claim the same
words, the surer one keeps them.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.decode import Attribution

TAKEN = 0.5  # a candidate that others leave less than half of its content goes


def selected(candidates: Sequence[Attribution], *, weights: Sequence[float], threshold: float) -> list[Attribution]:
    """The candidates at least as sure as `threshold`, each with the content that no surer one has, by their cues."""
    confidence = {id(a): confidence_of(a, weights) for a in candidates}
    kept: list[Attribution] = []
    taken = bytearray(max((span.end for a in candidates for span in a.content), default=0))
    for candidate in sorted(candidates, key=lambda a: -confidence[id(a)]):
        free = tuple(span for span in candidate.content if not any(taken[span.start : span.end]))
        n_taken = sum(sum(taken[span.start : span.end]) for span in candidate.content)
        if confidence[id(candidate)] < threshold or n_taken > TAKEN * sum(map(len, candidate.content)):
            continue
        kept.append(replace(candidate, content=free or candidate.content))
        for span in candidate.content:
            taken[span.start : span.end] = b"\x01" * len(span)
    return sorted(kept, key=lambda a: a.cue)


def confidence_of(found: Attribution, weights: Sequence[float]) -> float:
    """The probability that an attribution is there with this source, 0 to 1: a logistic function of its scores.

    `weights` are those of `features_of`; training/export.py fits them on the articles set aside for tuning.
    """
    return 1 / (1 + math.exp(-sum(w * f for w, f in zip(weights, features_of(found), strict=True))))


def features_of(found: Attribution) -> tuple[float, float, float, float]:
    """One, the log-odds of the cue and of the labels, and whether there is a source."""
    return 1.0, log_odds(found.cue_score), log_odds(found.span_score), float(bool(found.source))


def log_odds(probability: float) -> float:
    """The log-odds of a probability, kept within -5 and 5."""
    clipped = min(max(probability, 0.0067), 0.9933)
    return math.log(clipped / (1 - clipped))
