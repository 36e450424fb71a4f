"""Positions of one speaker beside each other: what is said again, more surely, less surely, or the other way round.

Two positions are compared only if they can be shown to say something of the same thing: by the words that they share,
weighed by how rare they are, by what their verbs say, and by meaning where both have a vector. Rather no pair than a
wrong one. It gives no verdict: a pair says in which words both differ, and of what kind these are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from onrecord.checking.wordlists import words as listed
from onrecord.span import Span
from onrecord.statement import Vector
from onrecord.tracing.clause import main_clause
from onrecord.tracing.opposites import opposites
from onrecord.tracing.rarity import weight_of
from onrecord.tracing.stance import sentence_words
from onrecord.tracing.stances import Certainty, Stance
from onrecord.tracing.stancewords import found, single
from onrecord.tracing.variants import Meaning, telling
from onrecord.tracing.words import Word, root

# How firm each certainty is; of two on one level neither is firmer.
_FIRMNESS = {
    Certainty.POSSIBLE: 0,
    Certainty.CONDITIONAL: 1,
    Certainty.WANTED: 1,
    Certainty.PROMISED: 2,
    Certainty.ASSERTED: 2,
    Certainty.DENIED: 2,
}
# Chosen on the pairs marked "choosing" in benchmarks/position_pairs.jsonl (python -m benchmarks.positions). The share
# of the weight of both that both have; for a difference in firmness or polarity more is asked than for saying it again.
MIN_LIKENESS = 0.5
MIN_LIKENESS_CHANGED = 0.6
MIN_SHARED = 6.0  # nats, of two words or more
MIN_COSINE = 0.3
# What one verb shows and the other does not is the same where nearly all other words are.
NEARLY_ALL = 0.85


class Relation(StrEnum):
    """How a later position stands to an earlier one."""

    REPEATED = "repeated"
    FIRMER = "firmer"
    SOFTER = "softer"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Position:
    """One sentence of what somebody said, as it is compared.

    `text` holds the sentence, `sentence` is where, and what its stance shows may stand outside of it, in the cue.
    `speaker` tells speakers apart and is none where nobody knows who it is; `article` tells reports apart. `vector` is
    what the statement means that it is of.
    """

    text: str
    sentence: Span
    stance: Stance
    speaker: str | None
    article: str
    day: date | None
    vector: Vector | None = None


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing in which the words of two positions differ, and the words on either side; one may have none."""

    meaning: Meaning
    earlier: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two positions, by their places, and how the later one stands to the earlier.

    `likeness` is the share of what both say that they have in common, 0 to 1.
    """

    earlier: int
    later: int
    relation: Relation
    differs: tuple[Differs, ...]
    likeness: float


def pairs_of(positions: Sequence[Position], *, topic: str = "") -> list[Pair]:
    """Each position, given in the order of time, beside the earlier one that is most like it, if that can be shown.

    The topic's words are in all of them, so that they do not count. Positions of one day, or of one report, are not
    laid side by side: which of them is the later one nothing tells.
    """
    about = {root(word.folded) for word in sentence_words(topic, Span(0, len(topic)))} if topic else set()
    prepared = [_prepared(position) for position in positions]
    with_root: dict[str, list[int]] = defaultdict(list)
    pairs = []
    for later, one in enumerate(prepared):
        beside = (_pair(prepared, earlier, later, about=about) for earlier in _sharing(one, with_root))
        best = max((pair for pair in beside if pair), key=lambda pair: (pair.likeness, pair.earlier), default=None)
        if best:
            pairs.append(best)
        for stem in one.weights:
            with_root[stem].append(later)
    return pairs


def weights_of(position: Position) -> Mapping[str, float]:
    """The roots of the words that tell what a position is about, with what each weighs, in nats."""
    return _prepared(position).weights


def contained(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The share of the lighter one's weight that the other has too, 0 to 1."""
    ours, theirs = sorted((one, other), key=lambda weights: sum(weights.values()))
    total = sum(ours.values())
    return sum(ours[stem] for stem in ours.keys() & theirs.keys()) / total if total else 0.0


def _sharing(one: "_Prepared", with_root: Mapping[str, Sequence[int]]) -> list[int]:
    """The positions before this one that share enough with it to be looked at."""
    shared: dict[int, float] = defaultdict(float)
    for stem, weight in one.weights.items():
        for place in with_root.get(stem, ()):
            shared[place] += weight
    return [place for place, weight in shared.items() if weight >= MIN_SHARED]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A position with what is compared: the weights of its words' roots, and what its main verb says, if that shows."""

    position: Position
    words: tuple[Word, ...]
    weights: Mapping[str, float]
    predicate: str | None


def _prepared(position: Position) -> _Prepared:
    words = sentence_words(position.text, position.sentence)
    shown = position.stance.shown
    weights = {
        root(word.folded): weight_of(word.folded, 0, n_words=0)
        for word in words
        if _tells(word) and not any(span.holds(word.span) for span in shown)
    }
    return _Prepared(position, words, weights, _predicate(position.text, words))


def _tells(word: Word) -> bool:
    """Whether the word tells what a sentence is about."""
    return word.folded not in listed("function_words") and word.folded not in single("auxiliary")


def _predicate(text: str, words: tuple[Word, ...]) -> str | None:
    """What the main verb says, where an auxiliary shows which it is: of "is not safe" safe, of "will close" close."""
    clause = main_clause(text, words)
    if not clause.auxiliary:
        return None
    groups = ("negating", "needed", "wanted", "possible", "promised")
    passed = {i for place in found(words, *groups, start=clause.verb) for i in place}
    light = single("auxiliary") | single("determiners") | single("light") | single("being") | {"to"}
    said = (w.folded for i, w in enumerate(words) if i >= clause.verb and i not in passed and w.folded not in light)
    return next((root(word) for word in said if not word.endswith("ly")), None)


def _pair(prepared: Sequence[_Prepared], earlier: int, later: int, *, about: set[str]) -> Pair | None:
    one, other = prepared[earlier], prepared[later]
    if not _in_time(one.position, other.position):
        return None
    turned = opposites(one.words, other.words)
    likeness = _likeness(one, other, apart=about.union(map(root, turned)))
    if likeness < MIN_LIKENESS or not _share_enough(one, other) or not _may_mean_the_like(one, other):
        return None
    relation = _relation(one, other, turned=bool(turned))
    if relation is None or (relation is not Relation.REPEATED and likeness < MIN_LIKENESS_CHANGED):
        return None
    if relation is Relation.REPEATED and likeness >= NEARLY_ALL and _varies(one, other):
        return None
    if not turned and not _same_predicate(one, other, relation=relation, likeness=likeness):
        return None
    return Pair(earlier, later, relation, tuple(_differing(one, other, turned=turned)), likeness)


def _in_time(one: Position, other: Position) -> bool:
    """Whether both are one speaker's, in two reports, the second of a later day."""
    if one.speaker is None or one.speaker != other.speaker or one.article == other.article:
        return False
    return one.day is not None and other.day is not None and one.day < other.day


def _likeness(one: _Prepared, other: _Prepared, *, apart: set[str]) -> float:
    """The share of the weight of both that both have, some words left apart; 1 where there are no others."""
    ours = {stem: weight for stem, weight in one.weights.items() if stem not in apart}
    theirs = {stem: weight for stem, weight in other.weights.items() if stem not in apart}
    total = sum(ours.values()) + sum(theirs.values())
    return 2 * sum(ours[stem] for stem in ours.keys() & theirs.keys()) / total if total else 1.0


def _share_enough(one: _Prepared, other: _Prepared) -> bool:
    """Whether both share two words that weigh enough, or have no others."""
    shared = one.weights.keys() & other.weights.keys()
    is_all = one.weights.keys() == other.weights.keys()
    return (len(shared) > 1 or is_all) and sum(one.weights[stem] for stem in shared) >= MIN_SHARED


def _may_mean_the_like(one: _Prepared, other: _Prepared) -> bool:
    """Whether what both mean does not speak against it; it cannot where one has no vector."""
    ours, theirs = one.position.vector, other.position.vector
    if ours is None or theirs is None or ours.projection != theirs.projection:
        return True
    a, b = (np.frombuffer(vector.numbers, dtype=np.int8).astype(np.float32) for vector in (ours, theirs))
    return float(a @ b) >= MIN_COSINE * float(np.linalg.norm(a) * np.linalg.norm(b))


def _same_predicate(one: _Prepared, other: _Prepared, *, relation: Relation, likeness: float) -> bool:
    """Whether both verbs say the same, as far as both show.

    Where one alone shows, it is among the other's words, and for a change nearly all words are shared. Where neither
    does, what is named is the same, and only its being opposed or denied can change: cues show that.
    """
    if one.predicate and other.predicate:
        return one.predicate == other.predicate
    predicate = one.predicate or other.predicate
    if predicate:
        is_like = relation is Relation.REPEATED or likeness >= NEARLY_ALL
        return is_like and predicate in one.weights and predicate in other.weights
    return relation is Relation.REPEATED or (
        relation is Relation.REVERSED and _is_by_cues(one.position, other.position)
    )


def _varies(one: _Prepared, other: _Prepared) -> bool:
    """Whether two sentences of nearly the same words are negated, or modal, in another place than their main clause."""
    meanings = (Meaning.NEGATION, Meaning.MODALITY)
    return any(telling(one.words, meaning) != telling(other.words, meaning) for meaning in meanings)


def _is_by_cues(one: Position, other: Position) -> bool:
    """Whether all that shows either stance stands in the cues, and one of them denies."""
    shown = [(position, span) for position in (one, other) for span in position.stance.shown]
    denies = any(position.stance.certainty is Certainty.DENIED for position in (one, other))
    return denies and not any(position.sentence.holds(span) for position, span in shown)


def _relation(one: _Prepared, other: _Prepared, *, turned: bool) -> Relation | None:
    """How the other stands to the one; none where only reporters put it more surely, or less."""
    earlier, later = one.position.stance, other.position.stance
    if (earlier.polarity is not later.polarity) != turned:
        return Relation.REVERSED
    firmness = _FIRMNESS[later.certainty] - _FIRMNESS[earlier.certainty]
    if not firmness:
        return Relation.REPEATED
    if _is_by_cue(one.position) or _is_by_cue(other.position):
        return None
    return Relation.FIRMER if firmness > 0 else Relation.SOFTER


def _is_by_cue(position: Position) -> bool:
    """Whether the cue alone shows how sure it is: that is the reporter's word, who has "proposed" for "promised"."""
    shown = position.stance.shown
    return bool(shown) and not any(position.sentence.holds(span) for span in shown)


def _differing(one: _Prepared, other: _Prepared, *, turned: tuple[str, ...]) -> Iterator[Differs]:
    """In what the words differ: what shows polarity and certainty, words of opposite direction, numbers, qualifiers."""
    earlier, later = one.position.stance, other.position.stance
    shown = _shown(one.position), _shown(other.position)
    if earlier.polarity is not later.polarity:
        yield Differs(Meaning.NEGATION, *shown)
    if _modal(earlier.certainty) is not _modal(later.certainty):
        yield Differs(Meaning.MODALITY, *shown)
    if turned:
        yield Differs(Meaning.OPPOSITE, turned[:1], turned[1:])
    for meaning in (Meaning.QUANTITY, Meaning.QUALIFIER):
        ours, theirs = telling(_plain(one), meaning), telling(_plain(other), meaning)
        if ours != theirs and (meaning is Meaning.QUALIFIER or (ours and theirs)):
            yield Differs(meaning, tuple(ours - theirs), tuple(theirs - ours))


def _modal(certainty: Certainty) -> Certainty:
    """The certainty, denial being assertion negated."""
    return Certainty.ASSERTED if certainty is Certainty.DENIED else certainty


def _shown(position: Position) -> tuple[str, ...]:
    return tuple(" ".join(span.of(position.text).split()) for span in position.stance.shown)


def _plain(prepared: _Prepared) -> list[Word]:
    """The words that show nothing of the stance and join no clauses."""
    shown, joining = prepared.position.stance.shown, single("boundary") | single("adverbial")
    words = (word for word in prepared.words if word.folded not in joining)
    return [word for word in words if not any(span.holds(word.span) for span in shown)]
