"""Families: the pieces of a record that pass on one utterance, put together as articles come in.

A piece joins a family by its likeness to the family's fullest copy, or to a longer member that is itself of the family;
two families become one only where their fullest copies are one utterance. So one bad link costs one member, not two
families. A family that many copies are in takes in the next one more easily: what is repeated goes on being repeated.
What it refuses to do: to compare a piece with everything, and to part what it has put together.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from onrecord.statement import SpeakerKind
from onrecord.tracing.alignment import align
from onrecord.tracing.decision import Known, Score, compare
from onrecord.tracing.keys import Index, keys_of, speaker_key
from onrecord.tracing.paraphrases import compare_reported
from onrecord.tracing.piece import Piece, PieceKind
from onrecord.tracing.rarity import Rarity
from onrecord.tracing.variants import Difference, difference
from onrecord.tracing.words import Word

# Nats above which a piece belongs to a family; chosen on the first half of the open families, as what decision.py has.
JOIN = 2.0
# So much surer it has to be where only a member is like a piece, not the fullest copy.
BY_MEMBER = 3.0
# So much less sure may be what is looked at again when the piece has found its family.
DOUBT = 3.0
# So many families are compared with a piece, and so many members of each.
MAX_COMPARED = 12
MAX_MEMBERS = 2
# Who said it is whom so large a share of the copies names.
SPEAKERS_SHARE = 0.3


@dataclass(slots=True)
class Family:
    """The copies of one utterance, by the numbers of their pieces, each with why it is in.

    The fullest is the one with the most words, of equals the first; the first member has no score.
    """

    id: int
    fullest: int
    members: dict[int, Score | None] = field(default_factory=dict)
    speakers: Counter[str] = field(default_factory=Counter)
    days: set[date] = field(default_factory=set)

    def known(self) -> Known:
        """What the copies tell of the utterance."""
        return Known(self.likely_speakers(), self.days, len(self.members))

    def likely_speakers(self) -> list[str]:
        """Those to whom a good part of the copies is attributed, by all forms of their names."""
        by_key: Counter[str | None] = Counter()
        for name, count in self.speakers.items():
            by_key[speaker_key(name)] += count
        least = min(SPEAKERS_SHARE * by_key.total(), max(by_key.values(), default=0))
        return [name for name in self.speakers if by_key[speaker_key(name)] >= least]


@dataclass(slots=True)
class Families:
    """All families of a record, in memory; pieces have the numbers in whose order they were put in."""

    pieces: list[Piece] = field(default_factory=list)
    families: dict[int, Family] = field(default_factory=dict)
    rarity: Rarity = field(default_factory=Rarity)
    index: Index = field(default_factory=Index)
    _family_of: dict[int, int] = field(default_factory=dict)
    _utterances: Counter[str] = field(default_factory=Counter)

    def weight(self, word: Word) -> float:
        """What it tells that two pieces share this word, in nats."""
        return self.rarity.weight(word)

    def n_utterances(self, speaker: str | None = None) -> int:
        """How many utterances there are, of all or of a speaker, by the speaker's key."""
        return len(self.families) if speaker is None else self._utterances[speaker]

    def family_of(self, number: int) -> Family:
        """The family of a piece."""
        return self.families[self._family_of[number]]

    def place_all(self, pieces: Iterable[Piece]) -> list[int]:
        """Places an article's pieces; the numbers of those that are in a family now.

        Quoted ones come first and the longest before the others, so that a fragment finds the whole.
        """
        order = sorted(pieces, key=lambda piece: (piece.kind is PieceKind.REPORTED, -len(piece.words)))
        return [number for piece in order if (number := self.place(piece)) is not None]

    def place(self, piece: Piece) -> int | None:
        """Puts a piece into the family of its utterance, a quoted one perhaps into a new one; the piece's number.

        Reported words that are a paraphrase of nothing in the record are not kept, and there is no number.
        """
        number, found = len(self.pieces), self.find(piece)
        sure = [family for family, score in found if score.total > JOIN]
        if not sure and piece.kind is PieceKind.REPORTED:
            return None
        self.pieces.append(piece)
        if piece.kind is PieceKind.QUOTED:
            self.index.put(number, keys_of(piece))
        if not sure:
            self._found(number)
        else:
            self._join(sure[0], number, found[0][1])
            for other, _ in found[1:] if piece.kind is PieceKind.QUOTED else ():
                self._absorb(sure[0], other)
        return number

    def find(self, piece: Piece) -> list[tuple[Family, Score]]:
        """The families that a piece may belong to, the likeliest first; it does where its score is above `JOIN`."""
        return sorted(self._scored(piece), key=lambda pair: -pair[1].total)

    def difference(self, number: int) -> Difference:
        """How a piece differs from the fullest copy of its family."""
        return self.difference_from(self.pieces[self.family_of(number).fullest], self.pieces[number])

    def difference_from(self, full: Piece, piece: Piece) -> Difference:
        """How a piece differs from a fuller one."""
        alignment = None if piece is full else align(piece.words, full.words, weigh=self.weight)
        return difference(alignment, piece, full)

    def _scored(self, piece: Piece) -> Iterator[tuple[Family, Score]]:
        near: dict[int, list[int]] = {}
        for number in self.index.near(keys_of(piece)):
            near.setdefault(self._family_of[number], []).append(number)
        for id, numbers in list(near.items())[:MAX_COMPARED]:
            family = self.families[id]
            score = self._compare(piece, family, family.fullest)
            if score is None or score.total <= JOIN - DOUBT:
                score = self._by_member(piece, family, numbers)
            if score is not None:
                yield family, score

    def _by_member(self, piece: Piece, family: Family, numbers: Iterable[int]) -> Score | None:
        """The score of a piece that is part of a member, which has words that the fullest copy does not have."""
        longer = [n for n in numbers if n != family.fullest and len(self.pieces[n].words) >= len(piece.words)]
        scores = [self._compare(piece, family, number) for number in longer[:MAX_MEMBERS]]
        return next((score for score in scores if score and score.total > JOIN + BY_MEMBER), None)

    def _compare(self, piece: Piece, family: Family, by: int) -> Score | None:
        other = self.pieces[by]
        if piece.article == other.article and piece.span.meets(other.span):
            return None
        if piece.kind is PieceKind.REPORTED:
            return compare_reported(piece, other, population=self)
        return compare(piece, other, population=self, of_b=family.known())

    def _found(self, number: int) -> None:
        family = self.families[number] = Family(number, number)
        piece = self.pieces[number]
        self._join(family, number, None)
        self.rarity.put(piece.words)
        self._count(piece, 1)

    def _join(self, family: Family, number: int, score: Score | None) -> None:
        piece = self.pieces[number]
        family.members[number] = score
        self._family_of[number] = family.id
        if piece.kind is PieceKind.REPORTED:
            return
        if piece.speaker and piece.speaker_kind is not SpeakerKind.UNNAMED:
            family.speakers[piece.speaker] += 1
        if piece.published:
            family.days.add(piece.published)
        family.fullest = max(family.fullest, number, key=self._fullness)

    def _fullness(self, number: int) -> tuple[int, int, int]:
        """The more words, the earlier printed and the earlier put in, the fuller."""
        piece = self.pieces[number]
        return len(piece.words), -(piece.published or date.max).toordinal(), -number

    def _absorb(self, home: Family, other: Family) -> None:
        """Makes two families one if their fullest copies are one utterance."""
        one, two = self.pieces[other.fullest], self.pieces[home.fullest]
        score = compare(one, two, population=self, of_a=other.known(), of_b=home.known())
        if score is None or score.total <= JOIN:
            return
        first = self.pieces[other.id]
        self.rarity.take(first.words)
        self._count(first, -1)
        for number, why in other.members.items():
            self._join(home, number, why or score)
        del self.families[other.id]

    def _count(self, piece: Piece, by: int) -> None:
        if piece.speaker and (key := speaker_key(piece.speaker)):
            self._utterances[key] += by
