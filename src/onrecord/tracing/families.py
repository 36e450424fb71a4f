"""Families in memory: the pieces that pass on one utterance, put together as articles come in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.tracing.decision import Score
from onrecord.tracing.keys import Index, keys_of, speaker_key
from onrecord.tracing.piece import Piece, PieceKind
from onrecord.tracing.placing import Copy, Family, Placing
from onrecord.tracing.rarity import Rarity
from onrecord.tracing.variants import Difference


@dataclass(slots=True)
class Families:
    """All families of a record; pieces have the numbers in whose order they were put in.

    `why` is the score by which a piece came into its family; who founded one has none.
    """

    pieces: list[Piece] = field(default_factory=list)
    families: dict[int, Family] = field(default_factory=dict)
    why: dict[int, Score] = field(default_factory=dict)
    rarity: Rarity = field(default_factory=Rarity)
    index: Index = field(default_factory=Index)
    _family_of: dict[int, int] = field(default_factory=dict)
    _members: dict[int, list[int]] = field(default_factory=dict)
    _utterances: Counter[str] = field(default_factory=Counter)

    def place_all(self, pieces: Iterable[Piece]) -> list[int]:
        """Places an article's pieces; the numbers of those that are in a family now."""
        return Placing(self).place_all(pieces)

    def place(self, piece: Piece) -> int | None:
        """Puts a piece into the family of its utterance; its number, none for a paraphrase of nothing."""
        return Placing(self).place(piece)

    def find(self, piece: Piece) -> list[tuple[Family, Score]]:
        """The families that a piece may belong to, the likeliest first."""
        return Placing(self).find(piece)

    def difference(self, number: int) -> Difference:
        """How a piece differs from the fullest copy of its family."""
        return Placing(self).difference(number)

    def difference_from(self, full: Piece, piece: Piece) -> Difference:
        """How a piece differs from a fuller one."""
        return Placing(self).difference_from(full, piece)

    def family_of(self, number: int) -> Family:
        """The family of a piece."""
        return self.families[self._family_of[number]]

    def weights(self, forms: Sequence[str]) -> list[float]:
        """What it tells that two pieces share a word of each of these forms, in nats."""
        return self.rarity.weights(forms)

    def n_utterances(self, speaker: str | None = None) -> int:
        """How many utterances there are, of all or of a speaker, by the speaker's key."""
        return len(self.families) if speaker is None else self._utterances[speaker]

    def piece(self, number: int) -> Piece:
        """The piece with this number."""
        return self.pieces[number]

    def near(self, piece: Piece) -> Mapping[int, Sequence[int]]:
        """The families that have pieces which share keys with a new one, with those pieces, the likeliest first."""
        found: dict[int, list[int]] = {}
        for number in self.index.near(piece):
            found.setdefault(self._family_of[number], []).append(number)
        return found

    def expect(self, pieces: Sequence[Piece]) -> None:
        """Everything is ready."""

    def n_words(self, number: int) -> int:
        """How many words a piece has."""
        return len(self.pieces[number].words)

    def with_ids(self, ids: Sequence[int]) -> Sequence[Family]:
        """The families with these numbers, in their order."""
        return [self.families[id] for id in ids]

    def put(self, piece: Piece) -> int:
        """Keeps a new piece, to be found by its keys if it is quoted; its number."""
        number = len(self.pieces)
        self.pieces.append(piece)
        if piece.kind is PieceKind.QUOTED:
            self.index.put(number, keys_of(piece))
        return number

    def found(self, number: int) -> Family:
        """Makes a piece the first of a family of its number."""
        self.families[number] = Family(number, self._members.__getitem__)
        self._add(self.families[number], number)
        self.rarity.put(self.pieces[number].words)
        self._count(self.pieces[number], 1)
        return self.families[number]

    def join(self, family: Family, number: int, score: Score) -> None:
        """Puts a piece into a family, and says why."""
        self.why[number] = score
        self._add(family, number)

    def absorb(self, home: Family, other: Family, score: Score) -> None:
        """Puts all pieces of the other family into the first, and ends the other one."""
        first = self.pieces[other.id]
        self.rarity.take(first.words)
        self._count(first, -1)
        self.why.setdefault(other.id, score)
        home.merge(other)
        moved = self._members.pop(other.id)
        self._members[home.id] += moved
        self._family_of |= dict.fromkeys(moved, home.id)
        del self.families[other.id]

    def move(self, number: int, old: Family, home: Family, score: Score) -> None:
        """Puts a piece of one family, neither its first nor its fullest, into another, and says why."""
        old.take(Copy.of(self.pieces[number], number))
        self._members[old.id].remove(number)
        self.join(home, number, score)

    def _add(self, family: Family, number: int) -> None:
        family.add(Copy.of(self.pieces[number], number))
        self._family_of[number] = family.id
        self._members.setdefault(family.id, []).append(number)

    def _count(self, piece: Piece, by: int) -> None:
        if piece.speaker and (key := speaker_key(piece.speaker)):
            self._utterances[key] += by
