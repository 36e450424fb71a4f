"""Placing pieces: which family a piece is put into, and which families that makes one, wherever they are kept.

A piece joins a family by its likeness to the family's fullest copy, or to a longer member that is itself of the family;
two families become one only where their fullest copies are one utterance. So one bad link costs one member, not two
families. A family that many copies are in takes in the next one more easily: what is repeated goes on being repeated.
When a fuller copy comes, the fragments near it that are surer of it than of the family they are in move, so that little
depends on what came first. What it refuses to do: to compare a piece with everything.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from math import inf
from typing import Protocol

from onrecord.statement import SpeakerKind
from onrecord.tracing.alignment import align
from onrecord.tracing.decision import Known, Population, Score, compare
from onrecord.tracing.keys import speaker_key
from onrecord.tracing.paraphrases import compare_reported
from onrecord.tracing.piece import Piece, PieceKind
from onrecord.tracing.variants import Difference, difference

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


@dataclass(frozen=True, slots=True)
class Copy:
    """What a family has to know of one of its pieces; `number` tells the order in which they were put in."""

    number: int
    kind: PieceKind
    n_words: int
    published: date | None
    speaker: str | None

    @classmethod
    def of(cls, piece: Piece, number: int) -> "Copy":
        """That of a piece; who is unnamed is no speaker."""
        speaker = None if piece.speaker_kind is SpeakerKind.UNNAMED else piece.speaker
        return cls(number, piece.kind, len(piece.words), piece.published, speaker)

    @property
    def fullness(self) -> tuple[int, int, int]:
        """The more words, the earlier printed and the earlier put in, the fuller."""
        return self.n_words, -(self.published or date.max).toordinal(), -self.number


@dataclass(slots=True)
class Family:
    """What is known of the copies of one utterance; `id` is the number of the piece that founded it.

    The fullest is the one with the most words, of equals the first. Paraphrases tell neither speakers nor days. Which
    pieces are its members is asked of `list_members` when somebody wants to know: there may be very many.
    """

    id: int
    list_members: Callable[[int], list[int]]
    n_copies: int = 0
    speakers: Counter[str] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)
    fullest_copy: Copy | None = None

    @property
    def fullest(self) -> int:
        """The number of the fullest copy."""
        return self.fullest_copy.number if self.fullest_copy else self.id

    @property
    def members(self) -> list[int]:
        """The numbers of all copies."""
        return self.list_members(self.id)

    def add(self, copy: Copy) -> None:
        """One more copy."""
        self._count(copy, 1)
        if copy.kind is PieceKind.QUOTED and (self.fullest_copy is None or copy.fullness > self.fullest_copy.fullness):
            self.fullest_copy = copy

    def take(self, copy: Copy) -> None:
        """One copy less, which is not the fullest."""
        self._count(copy, -1)
        self.speakers, self.days = +self.speakers, +self.days

    def without(self, copy: Copy) -> "Family":
        """What would be known if there were not this copy, which is not the fullest."""
        rest = replace(self, speakers=self.speakers.copy(), days=self.days.copy())
        rest.take(copy)
        return rest

    def merge(self, other: "Family") -> None:
        """All copies of another family, too."""
        self.n_copies += other.n_copies
        self.speakers += other.speakers
        self.days += other.days
        theirs = other.fullest_copy
        if theirs and (self.fullest_copy is None or theirs.fullness > self.fullest_copy.fullness):
            self.fullest_copy = theirs

    def _count(self, copy: Copy, by: int) -> None:
        self.n_copies += by
        if copy.kind is PieceKind.REPORTED:
            return
        if copy.speaker:
            self.speakers[copy.speaker] += by
        if copy.published:
            self.days[copy.published] += by

    def known(self) -> Known:
        """What the copies tell of the utterance."""
        return Known(self.likely_speakers(), self.days, self.n_copies)

    def likely_speakers(self) -> list[str]:
        """Those to whom a good part of the copies is attributed, by all forms of their names, the likeliest first."""
        by_key: Counter[str | None] = Counter()
        for name, count in self.speakers.items():
            by_key[speaker_key(name)] += count
        least = min(SPEAKERS_SHARE * by_key.total(), max(by_key.values(), default=0))
        named = sorted(self.speakers.items(), key=lambda one: (-by_key[speaker_key(one[0])], -one[1], one[0]))
        return [name for name, _ in named if by_key[speaker_key(name)] >= least]


class Store(Population, Protocol):
    """Where pieces and families are kept: in memory, or in a record."""

    def piece(self, number: int) -> Piece:
        """The piece with this number."""
        ...

    def near(self, piece: Piece) -> Mapping[int, Sequence[int]]:
        """The families that have pieces which share keys with a new one, with those pieces, the likeliest first."""
        ...

    def expect(self, pieces: Sequence[Piece]) -> None:
        """Makes ready what placing these pieces needs."""
        ...

    def n_words(self, number: int) -> int:
        """How many words a piece has that shares keys with another."""
        ...

    def with_ids(self, ids: Sequence[int]) -> Sequence[Family]:
        """The families with these numbers, in their order."""
        ...

    def family_of(self, number: int) -> Family:
        """The family of a piece."""
        ...

    def put(self, piece: Piece) -> int:
        """Keeps a new piece, to be found by its keys if it is quoted; its number, which is higher than all before."""
        ...

    def found(self, number: int) -> Family:
        """Makes a piece the first of a family of its number."""
        ...

    def join(self, family: Family, number: int, score: Score) -> None:
        """Puts a piece into a family, and says why."""
        ...

    def absorb(self, home: Family, other: Family, score: Score) -> None:
        """Puts all pieces of the other family into the first, and ends the other one."""
        ...

    def move(self, number: int, old: Family, home: Family, score: Score) -> None:
        """Puts a piece of one family, neither its first nor its fullest, into another, and says why."""
        ...


@dataclass(frozen=True, slots=True)
class Placing:
    """Places pieces among those that a store keeps."""

    store: Store

    def place_all(self, pieces: Iterable[Piece]) -> list[int]:
        """Places an article's pieces; the numbers of those that are in a family now.

        Quoted ones come first and the longest before the others, so that a fragment finds the whole.
        """
        order = sorted(pieces, key=lambda piece: (piece.kind is PieceKind.REPORTED, -len(piece.words)))
        self.store.expect(order)
        return [number for piece in order if (number := self.place(piece)) is not None]

    def place(self, piece: Piece) -> int | None:
        """Puts a piece into the family of its utterance, a quoted one perhaps into a new one; the piece's number.

        Reported words that are a paraphrase of nothing in the record are not kept, and there is no number.
        """
        near = self.store.near(piece)
        found = self._found(piece, near, least=JOIN - DOUBT)
        is_sure, is_quoted = bool(found) and found[0][1].total > JOIN, piece.kind is PieceKind.QUOTED
        if not is_sure and not is_quoted:
            return None
        number = self.store.put(piece)
        if is_sure:
            home = found[0][0]
            self.store.join(home, number, found[0][1])
            for other, _ in found[1:] if is_quoted else ():
                self._absorb(home, other)
        else:
            home = self.store.found(number)
        if home.fullest == number:
            self._draw(home, piece, near)
        return number

    def find(self, piece: Piece) -> list[tuple[Family, Score]]:
        """The families that a piece may belong to, the likeliest first; it does where its score is above `JOIN`."""
        return self._found(piece, self.store.near(piece), least=-inf)

    def _found(self, piece: Piece, near: Mapping[int, Sequence[int]], *, least: float) -> list[tuple[Family, Score]]:
        return sorted(self._scored(piece, near, least=least), key=lambda pair: -pair[1].total)

    def difference(self, number: int) -> Difference:
        """How a piece differs from the fullest copy of its family."""
        full = self.store.family_of(number).fullest
        return self.difference_from(self.store.piece(full), self.store.piece(number))

    def difference_from(self, full: Piece, piece: Piece) -> Difference:
        """How a piece differs from a fuller one."""
        alignment = None if piece is full else align(piece.words, full.words, weigh=self.store.weights)
        return difference(alignment, piece, full)

    def _scored(
        self, piece: Piece, near: Mapping[int, Sequence[int]], *, least: float
    ) -> Iterator[tuple[Family, Score]]:
        ids = list(near)[:MAX_COMPARED]
        for family in self.store.with_ids(ids):
            score = self._compare(piece, family, family.fullest, least=least)
            if score is None or score.total <= JOIN - DOUBT:
                score = self._by_member(piece, family, near[family.id])
            if score is not None:
                yield family, score

    def _by_member(self, piece: Piece, family: Family, numbers: Iterable[int]) -> Score | None:
        """The score of a piece that is part of a member, which has words that the fullest copy does not have."""
        others = [n for n in numbers if n != family.fullest]
        longer = [n for n in others if self.store.n_words(n) >= len(piece.words)]
        least = JOIN + BY_MEMBER
        scores = (self._compare(piece, family, number, least=least) for number in longer[:MAX_MEMBERS])
        return next((score for score in scores if score and score.total > least), None)

    def _compare(self, piece: Piece, family: Family, by: int, *, least: float) -> Score | None:
        other = self.store.piece(by)
        if piece.article == other.article and piece.span.meets(other.span):
            return None
        if piece.kind is PieceKind.REPORTED:
            return compare_reported(piece, other, population=self.store)
        return compare(piece, other, population=self.store, of_b=family.known(), least=least)

    def _absorb(self, home: Family, other: Family) -> None:
        """Makes two families one if their fullest copies are one utterance."""
        one, two = self.store.piece(other.fullest), self.store.piece(home.fullest)
        score = compare(one, two, population=self.store, of_a=other.known(), of_b=home.known(), least=JOIN)
        if score is not None and score.total > JOIN:
            self.store.absorb(home, other, score)

    def _draw(self, home: Family, piece: Piece, near: Mapping[int, Sequence[int]]) -> None:
        """Moves to a family what belongs to its new fullest copy more surely than to the one that it was put to."""
        for number in drawn(piece, near, self.store):
            old, other = self.store.family_of(number), self.store.piece(number)
            if old is home or number in {old.id, old.fullest}:
                continue
            score = self._compare(other, home, home.fullest, least=JOIN)
            if score is None or score.total <= JOIN:
                continue
            there = self._compare(other, old.without(Copy.of(other, number)), old.fullest, least=score.total)
            if there is None or there.total < score.total:
                self.store.move(number, old, home, score)


def drawn(piece: Piece, near: Mapping[int, Sequence[int]], store: Store) -> list[int]:
    """Those that share keys with a piece and might be fragments of it, though they founded no family."""
    if piece.kind is PieceKind.REPORTED:
        return []
    shorter = (n for family, numbers in near.items() for n in numbers if n != family)
    return list(islice((n for n in shorter if store.n_words(n) < len(piece.words)), MAX_COMPARED))
