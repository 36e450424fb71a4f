"""Which candidates become statements, and how sure each is."""

import pytest

from onrecord.reading.decode import Attribution
from onrecord.reading.selection import confidence_of, selected
from onrecord.span import Span

WEIGHTS = (0.0, 1.0, 0.0, 0.0)  # confidence is the cue's probability


def candidate(*content: tuple[int, int], cue: int, score: float) -> Attribution:
    return Attribution(
        source=(),
        cue=(Span(cue, cue + 4),),
        content=tuple(Span(start, end) for start, end in content),
        cue_score=score,
        span_score=0.9,
    )


def test_confidence_is_the_logistic_function_of_the_weighted_features() -> None:
    found = candidate((10, 20), cue=0, score=0.8)
    assert confidence_of(found, WEIGHTS) == pytest.approx(0.8)
    assert confidence_of(found, (0.0, 0.0, 0.0, 5.0)) == 0.5


def test_confidence_stays_below_one_for_a_score_of_one() -> None:
    assert 0.99 < confidence_of(candidate((10, 20), cue=0, score=1.0), WEIGHTS) < 1


def test_what_is_less_sure_than_the_threshold_goes() -> None:
    sure, unsure = candidate((10, 20), cue=0, score=0.8), candidate((40, 50), cue=30, score=0.4)
    assert selected([sure, unsure], weights=WEIGHTS, threshold=0.5) == [sure]


def test_of_two_that_claim_the_same_words_the_surer_stays() -> None:
    surer, other = candidate((10, 20), cue=30, score=0.8), candidate((10, 21), cue=0, score=0.7)
    assert selected([other, surer], weights=WEIGHTS, threshold=0.2) == [surer]


def test_a_span_that_a_surer_one_has_is_cut_from_the_other() -> None:
    surer, other = candidate((10, 20), cue=30, score=0.8), candidate((10, 20), (40, 60), cue=0, score=0.7)
    assert selected([other, surer], weights=WEIGHTS, threshold=0.2) == [candidate((40, 60), cue=0, score=0.7), surer]


def test_contents_that_touch_are_both_kept() -> None:
    both = [candidate((10, 20), cue=0, score=0.7), candidate((20, 30), cue=40, score=0.8)]
    assert selected(both, weights=WEIGHTS, threshold=0.2) == both


def test_no_candidates_are_no_statements() -> None:
    assert selected([], weights=WEIGHTS, threshold=0.2) == []
