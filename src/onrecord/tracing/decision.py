"""Whether a piece is a copy of another: a scored decision that keeps its parts, so that a user can be told why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import inf, log
from typing import NamedTuple, Protocol

from onrecord.reading.names import Fit, fits
from onrecord.statement import SpeakerKind
from onrecord.tracing.alignment import Alignment, align
from onrecord.tracing.keys import speaker_key
from onrecord.tracing.piece import Piece
from onrecord.tracing.words import MAX_CACHED, forms_of, stem


class Relation(StrEnum):
    """How the speakers of two pieces stand to each other."""

    SAME = "same"
    NAMED_NEARBY = "named-nearby"
    UNKNOWN = "unknown"
    DIFFERENT = "different"


class Known(NamedTuple):
    """What the other copies of an utterance tell: to whom it is attributed, on which days it was printed, how often."""

    speakers: Collection[str] = ()
    days: Collection[date] = ()
    n_copies: int = 1


NOTHING = Known()


class Population(Protocol):
    """What there is to be taken for a copy by chance."""

    def weights(self, forms: Sequence[str]) -> list[float]:
        """What it tells that two pieces share a word of each of these forms, in nats."""
        ...

    def n_utterances(self, speaker: str | None = None) -> int:
        """How many utterances there are, of all or of a speaker, by the speaker's key."""
        ...


@dataclass(frozen=True, slots=True)
class Score:
    """Why two pieces are copies of one utterance or are not, in nats; the more, the surer.

    For it: `matched`, the weight of the words that both have; `copies`, that there are many already; `whole`, that a
    short one is the whole of both. Against it: `unmatched`, the weight of the copy's other words; `gaps`, what it
    leaves out without saying so; `chance`, how much there is that might share such words by chance; `speakers`, that
    these may be two; `single`, that it is one word and not a rare one.
    """

    matched: float
    unmatched: float
    chance: float
    speakers: float
    relation: Relation
    days: int | None
    alignment: Alignment
    gaps: float = 0.0
    single: float = 0.0
    copies: float = 0.0
    whole: float = 0.0

    @property
    def total(self) -> float:
        """What speaks for it less what speaks against."""
        against = self.unmatched + self.gaps + self.chance + self.speakers + self.single
        return self.matched + self.copies + self.whole - against


# All that is set here was chosen on the first half of the open families and on the pairs that look alike and are not
# (`python -m benchmarks.tracing`); weights are in nats, as those of words.
MISSING_DAYS = 30
NEAR_DAYS = 4
FAR_DAYS = 200
# The copy's words beyond the end of the fuller text, where both are of one time; where the fuller text has others.
BEYOND = 0.3
AGAINST = 2.0
# Words of another speaker are passed on unaltered, or they are others.
ALTERED_BY_ANOTHER = 20.0
# So many utterances count as known of a speaker and of all, so that a record of ten articles is not sure too soon.
PRIOR_OF_ONE = 10
PRIOR_OF_ALL = 1_000
# A single word that says something has to be as rare as this, one in 22,000 words.
RARE_WORD = 6.0
SINGLE = 4.0
# That a report puts just these words between quotation marks is no chance, up to so many of them.
WHOLE = 2.5
WHOLE_WORDS = 3
# Who names a source that another report gave otherwise does so within days.
NAMED_LATER_DAYS = 7
MOST_COPIES = 2.5
PENALTY = {Relation.SAME: 0.0, Relation.NAMED_NEARBY: 1.5, Relation.UNKNOWN: 4.0, Relation.DIFFERENT: 11.0}
# What other words weigh, the speaker being less sure.
OTHER_WORDS = {Relation.SAME: 1.0, Relation.NAMED_NEARBY: 1.3, Relation.UNKNOWN: 1.3, Relation.DIFFERENT: 2.0}


def compare(
    a: Piece, b: Piece, *, population: Population, of_a: Known = NOTHING, of_b: Known = NOTHING, least: float = -inf
) -> Score | None:
    """How sure it is that two pieces pass on one utterance; none if they share no word, or `least` is out of reach.

    The shorter counts as the copy. `of_a` and `of_b` is what other copies of either tell.
    """
    if len(b.words) < len(a.words):
        a, b, of_a, of_b = b, a, of_b, of_a
    relation, days, name = how_related(a, b, of_copy=of_a, of_full=of_b)
    near = min(1.0, (NEAR_DAYS + (MISSING_DAYS if days is None else days)) / FAR_DAYS)
    chance = log(1 + (population.n_utterances(name) + (PRIOR_OF_ALL if name is None else PRIOR_OF_ONE)) * near)
    copies = min(MOST_COPIES, log(of_a.n_copies * of_b.n_copies))
    if _most_matched(a, b, population) + copies + WHOLE - chance - PENALTY[relation] <= least:
        return None
    alignment = align(a.words, b.words, weigh=population.weights)
    if alignment is None or alignment.is_of_nested:
        return None
    beyond = alignment.beyond * (BEYOND + (1 - BEYOND) * near)
    is_altered = relation is Relation.DIFFERENT and alignment.unmatched + alignment.gaps > 0
    is_single = alignment.n_content == 1 and alignment.matched < RARE_WORD
    is_sure = relation in (Relation.SAME, Relation.NAMED_NEARBY)
    return Score(
        matched=alignment.matched,
        unmatched=(alignment.unmatched + AGAINST * alignment.against + beyond) * OTHER_WORDS[relation],
        gaps=alignment.gaps,
        chance=chance,
        speakers=PENALTY[relation] + (ALTERED_BY_ANOTHER if is_altered else 0.0),
        copies=copies,
        whole=WHOLE if is_sure and _are_whole(a, b) else 0.0,
        single=SINGLE if is_single else 0.0,
        relation=relation,
        days=days,
        alignment=alignment,
    )


def _most_matched(copy: Piece, full: Piece, population: Population) -> float:
    """What the words that both have would weigh if all of them could be aligned."""
    theirs = set(map(stem, forms_of(full.words)))
    return sum(population.weights([form for form in forms_of(copy.words) if stem(form) in theirs]))


def how_related(
    copy: Piece, full: Piece, *, of_copy: Known = NOTHING, of_full: Known = NOTHING
) -> tuple[Relation, int | None, str | None]:
    """How the speakers stand to each other, how many days lie between, and the key of the speaker whom they share."""
    ours, theirs = {*_days(copy), *of_copy.days}, {*_days(full), *of_full.days}
    days = min((abs((x - y).days) for x in ours for y in theirs), default=None)
    relation, name = _relation(copy, full, of_copy=of_copy.speakers, of_full=of_full.speakers)
    if relation is Relation.UNKNOWN and (days or 0) > NAMED_LATER_DAYS and copy.speaker and full.speaker:
        relation = Relation.DIFFERENT
    return relation, days, name


def _are_whole(a: Piece, b: Piece) -> bool:
    """Whether two short pieces are the same words."""
    return len(a.words) <= WHOLE_WORDS and list(forms_of(a.words)) == list(forms_of(b.words))


def _relation(
    copy: Piece, full: Piece, *, of_copy: Collection[str], of_full: Collection[str]
) -> tuple[Relation, str | None]:
    """How the speakers of two pieces stand to each other, and the key of the one whom they share."""
    ours, theirs = _known(copy, of_copy), _known(full, of_full)
    for name in ours:
        if any(_same(name, other) for other in theirs):
            return Relation.SAME, speaker_key(name)
    for other in theirs:
        if (key := speaker_key(other)) in copy.names:
            return Relation.NAMED_NEARBY, key
    if not theirs:
        for name in ours:
            if (key := speaker_key(name)) in full.names:
                return Relation.NAMED_NEARBY, key
    return (Relation.DIFFERENT if ours and theirs and _are_two(copy, full) else Relation.UNKNOWN), None


def _are_two(a: Piece, b: Piece) -> bool:
    """Whether both have a source and each is a person: a body or a document may pass on what a person said."""
    return {a.speaker_kind, b.speaker_kind} <= {SpeakerKind.PERSON, SpeakerKind.UNNAMED}


def _known(piece: Piece, others: Collection[str]) -> list[str]:
    """The names of those who may be the speaker, first those whom most copies name."""
    own = [piece.speaker] if piece.speaker and piece.speaker_kind is not SpeakerKind.UNNAMED else []
    return [*others, *(name for name in own if name not in others)]


def _days(piece: Piece) -> list[date]:
    said = [piece.said.start, piece.said.end] if piece.said else []
    return [*said, piece.published] if piece.published else said


@lru_cache(MAX_CACHED)
def _same(a: str, b: str) -> bool:
    one, other = speaker_key(a), speaker_key(b)
    return one is not None and one == other and fits(a, b) >= Fit.FAMILY
