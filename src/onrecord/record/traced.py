"""The families of quotations in the record: what tracing asks of a store, answered from tables.

For one transaction, in which nobody else writes: what was counted is kept here until `settle` writes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from onrecord.record.rows import Found, Values
from onrecord.record.schema_tracing import quotation_counts, quotation_keys, quotations
from onrecord.span import Span
from onrecord.statement import Days, SpeakerKind
from onrecord.tracing.decision import Score
from onrecord.tracing.keys import COUNTED, PER_KEY, best_shared, keys_of, speaker_key
from onrecord.tracing.piece import Piece, PieceKind
from onrecord.tracing.placing import Copy, Family
from onrecord.tracing.rarity import weight_of
from onrecord.tracing.words import Word, stem

_Q, _KEYS, _COUNTS = quotations.c, quotation_keys.c, quotation_counts.c
_COPY = (_Q.id, _Q.family_id, _Q.kind, _Q.n_words, _Q.published, _Q.speaker, _Q.speaker_kind)
# So many pieces are held, and so many values are asked for at once.
MAX_HELD = 5_000
AT_ONCE = 400
KEYS_AT_ONCE = 32
NO_KEY = -1
# Of each of so many keys the latest pieces. As text, since it is asked for each piece, and to put it together from its
# parts takes longer than to run it.
_LATEST = text(f"""
    WITH asked(key) AS (VALUES {", ".join(f"(CAST(:key_{n} AS BIGINT))" for n in range(KEYS_AT_ONCE))})
    SELECT asked.key, sharing.quotation_id
    FROM asked JOIN quotation_keys sharing ON sharing.key = asked.key AND sharing.quotation_id >= coalesce(
        (SELECT latest.quotation_id FROM quotation_keys latest WHERE latest.key = asked.key
         ORDER BY latest.quotation_id DESC LIMIT 1 OFFSET {PER_KEY - 1}), 0)
    ORDER BY sharing.quotation_id""")  # noqa: S608 - numbers of our own
# How a word stands in its quotation, a letter each.
_MARKS = {"bracketed": "b", "after_gap": "g", "nested": "n", "opens": "o", "capital": "c"}


class Counted(StrEnum):
    """What is counted: utterances with a stem, utterances of a speaker, and everything."""

    STEM = "stem"
    SPEAKER = "speaker"
    ALL = "all"


WORDS, UTTERANCES, PIECES = ((Counted.ALL, word) for word in ("words", "utterances", "quotations"))
Count = tuple[Counted, str]


@dataclass(slots=True)
class TracedFamilies:
    """The families that a record keeps; pieces have the numbers of their rows, and articles theirs as names.

    `pieces` are those that were fetched; they never change, and may be handed on to the next transaction.
    """

    connection: Connection
    pieces: dict[int, Piece] = field(default_factory=dict)
    _counts: dict[Count, int] = field(default_factory=dict)
    _changed: set[Count] = field(default_factory=set)

    def weight(self, word: Word) -> float:
        """What it tells that two pieces share this word, in nats."""
        return weight_of(word, self._count((Counted.STEM, stem(word.folded))), n_words=self._count(WORDS))

    def n_utterances(self, speaker: str | None = None) -> int:
        """How many utterances there are, of all or of a speaker, by the speaker's key."""
        return self._count(UTTERANCES if speaker is None else (Counted.SPEAKER, speaker))

    def piece(self, number: int) -> Piece:
        """The piece with this number."""
        if number not in self.pieces:
            self.fetch([number])
        return self.pieces[number]

    def fetch(self, numbers: Iterable[int]) -> None:
        """Gets several pieces at once, with what their words weigh."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self.pieces]
        for start in range(0, len(missing), AT_ONCE):
            query = select(quotations).where(_Q.id.in_(missing[start : start + AT_ONCE]))
            found = {row.id: piece_of(row) for row in self.connection.execute(query)}
            if len(self.pieces) > MAX_HELD:
                self.pieces.clear()
            self.pieces |= found
            self._fetch_counts(Counted.STEM, (stem(w.folded) for piece in found.values() for w in piece.words))

    def near(self, piece: Piece) -> Mapping[int, Sequence[int]]:
        """The families that have pieces which share keys with a new one, with those pieces, the likeliest first."""
        self._fetch_counts(Counted.STEM, (stem(word.folded) for word in piece.words))
        counts, latest = self._sharing(sorted(keys_of(piece)))
        numbers = best_shared(counts, latest, n_pieces=self._count(PIECES))
        query = select(_Q.id, _Q.family_id).where(_Q.id.in_(numbers), _Q.family_id.is_not(None))
        family_of = {row.id: row.family_id for row in self.connection.execute(query)}
        found: dict[int, list[int]] = {}
        for number in numbers:
            if number in family_of:
                found.setdefault(family_of[number], []).append(number)
        return found

    def of_ids(self, ids: Sequence[int]) -> Sequence[Family]:
        """The families with these numbers, in their order, their fullest copies fetched."""
        found: dict[int, Family] = {}
        query: Select[Any] = select(*_COPY).where(_Q.family_id.in_(ids)).order_by(_Q.id)
        for row in self.connection.execute(query) if ids else ():
            found.setdefault(row.family_id, Family(row.family_id)).add(_copy_of(row))
        self.fetch(family.fullest for family in found.values())
        return [found[id] for id in ids if id in found]

    def family_of(self, number: int) -> Family:
        """The family of a piece."""
        query = select(_Q.family_id).where(_Q.id == number)
        (family,) = self.of_ids([self.connection.execute(query).scalar_one()])
        return family

    def put(self, piece: Piece) -> int:
        """Keeps a new piece, to be found by its keys if it is quoted; its number."""
        query = insert(quotations).values(_values_of(piece)).returning(_Q.id)
        number = int(self.connection.execute(query).scalar_one())
        if piece.kind is PieceKind.QUOTED:
            rows = [{"key": key, "quotation_id": number} for key in keys_of(piece)]
            if rows:
                self.connection.execute(insert(quotation_keys), rows)
            self._add(PIECES, 1)
        self.pieces[number] = piece
        return number

    def found(self, number: int) -> None:
        """Makes a piece the first of a family of its number."""
        self.connection.execute(update(quotations).where(_Q.id == number).values(family_id=number))
        self._count_utterance(self.piece(number), 1)

    def join(self, family: Family, number: int, score: Score) -> None:
        """Puts a piece into a family, and says why."""
        why = {"family_id": family.id, "score": score.total, "relation": score.relation.value}
        self.connection.execute(update(quotations).where(_Q.id == number).values(why))
        family.add(Copy.of(self.piece(number), number))

    def absorb(self, home: Family, other: Family, score: Score) -> None:
        """Puts all pieces of the other family into the first, and ends the other one."""
        self._count_utterance(self.piece(other.id), -1)
        query: Select[Any] = select(*_COPY).where(_Q.family_id == other.id).order_by(_Q.id)
        copies = [_copy_of(row) for row in self.connection.execute(query)]
        why = {"score": score.total, "relation": score.relation.value}
        self.connection.execute(update(quotations).where(_Q.id == other.id).values(why))
        self.connection.execute(update(quotations).where(_Q.family_id == other.id).values(family_id=home.id))
        for copy in copies:
            home.add(copy)

    def take_out(self, article_id: int) -> list[Piece]:
        """Ends the families in which the article's pieces are; the pieces of other articles in them, to be placed anew.

        What held such a family together may have been the article's piece.
        """
        ids = list(self.connection.scalars(select(_Q.family_id).where(_Q.article_id == article_id).distinct()))
        query = select(_Q.id, _Q.article_id).where(_Q.family_id.in_(ids)).order_by(_Q.id)
        rows = self.connection.execute(query).all() if ids else []
        self.fetch(row.id for row in rows)
        pieces = {row.id: self.piece(row.id) for row in rows}
        for id in ids:
            if id in pieces:
                self._count_utterance(pieces[id], -1)
        for number, piece in pieces.items():
            self._forget(number, piece)
        return [pieces[row.id] for row in rows if row.article_id != article_id]

    def settle(self) -> None:
        """Writes what was counted."""
        rows = [{"of": kind.value, "about": word, "n": self._counts[kind, word]} for kind, word in self._changed]
        if rows:
            own = and_(_COUNTS.kind == bindparam("of"), _COUNTS.word == bindparam("about"))
            self.connection.execute(delete(quotation_counts).where(own), rows)
            counted: Values = {"kind": bindparam("of"), "word": bindparam("about"), "n": bindparam("n")}
            self.connection.execute(insert(quotation_counts).values(counted), rows)
        self._changed.clear()

    def _sharing(self, keys: Sequence[int]) -> tuple[dict[int, int], dict[int, list[int]]]:
        """Of each key that pieces have, how many have it, counted as far as that counts, and the latest of them."""
        latest: dict[int, list[int]] = {}
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some = [*keys[start : start + KEYS_AT_ONCE], *[NO_KEY] * KEYS_AT_ONCE][:KEYS_AT_ONCE]
            for key, number in self.connection.execute(_LATEST, {f"key_{n}": key for n, key in enumerate(some)}):
                latest.setdefault(key, []).append(number)
        counts = {key: len(found) if len(found) < PER_KEY else self._n_with(key) for key, found in latest.items()}
        return counts, latest

    def _n_with(self, key: int) -> int:
        """How many pieces have a key, counted as far as that counts."""
        some = select(_KEYS.quotation_id).where(_KEYS.key == key).limit(COUNTED).subquery()
        return int(self.connection.execute(select(func.count()).select_from(some)).scalar_one())

    def _count(self, what: Count) -> int:
        if what not in self._counts:
            self._fetch_counts(what[0], [what[1]])
        return self._counts[what]

    def _fetch_counts(self, kind: Counted, words: Iterable[str]) -> None:
        missing = [word for word in dict.fromkeys(words) if (kind, word) not in self._counts]
        for start in range(0, len(missing), AT_ONCE):
            asked = missing[start : start + AT_ONCE]
            self._counts |= dict.fromkeys(((kind, word) for word in asked), 0)
            query = select(_COUNTS.word, _COUNTS.n).where(_COUNTS.kind == kind.value, _COUNTS.word.in_(asked))
            self._counts |= {(kind, row.word): row.n for row in self.connection.execute(query)}

    def _add(self, what: Count, by: int) -> None:
        self._counts[what] = self._count(what) + by
        self._changed.add(what)

    def _count_utterance(self, piece: Piece, by: int) -> None:
        stems = {stem(word.folded) for word in piece.words}
        self._fetch_counts(Counted.STEM, stems)
        for one in stems:
            self._add((Counted.STEM, one), by)
        self._add(WORDS, by * len(stems))
        self._add(UTTERANCES, by)
        if piece.speaker and (key := speaker_key(piece.speaker)):
            self._add((Counted.SPEAKER, key), by)

    def _forget(self, number: int, piece: Piece) -> None:
        self.connection.execute(delete(quotations).where(_Q.id == number))
        self.pieces.pop(number, None)
        if piece.kind is PieceKind.QUOTED:
            own = and_(_KEYS.key.in_(keys_of(piece)), _KEYS.quotation_id == number)
            self.connection.execute(delete(quotation_keys).where(own))
            self._add(PIECES, -1)


def piece_of(row: Found) -> Piece:
    """The piece whose row this is; its article goes by its number, and so does its statement."""
    return Piece(
        article=str(row.article_id),
        span=Span(row.start_char, row.end_char),
        words=tuple(_word(*one) for one in row.words),
        kind=PieceKind(row.kind),
        speaker=row.speaker,
        speaker_kind=SpeakerKind(row.speaker_kind) if row.speaker_kind else None,
        published=row.published,
        said=Days(row.said_start, row.said_end) if row.said_start else None,
        statement=row.statement_id,
        names=frozenset(row.names),
    )


def _values_of(piece: Piece) -> Values:
    return {
        "article_id": int(piece.article),
        "statement_id": piece.statement,
        "kind": piece.kind.value,
        "start_char": piece.span.start,
        "end_char": piece.span.end,
        "n_words": len(piece.words),
        "published": piece.published,
        "speaker": piece.speaker,
        "speaker_kind": piece.speaker_kind.value if piece.speaker_kind else None,
        "said_start": piece.said.start if piece.said else None,
        "said_end": piece.said.end if piece.said else None,
        "names": sorted(piece.names),
        "words": [[w.folded, w.span.start, w.span.end, _marks(w)] for w in piece.words],
    }


def _marks(word: Word) -> str:
    return "".join(letter for name, letter in _MARKS.items() if getattr(word, name))


def _word(folded: str, start: int, end: int, marks: str) -> Word:
    return Word(folded, Span(start, end), **{name: letter in marks for name, letter in _MARKS.items()})


def _copy_of(row: Found) -> Copy:
    named = row.speaker if row.speaker_kind != SpeakerKind.UNNAMED.value else None
    return Copy(row.id, PieceKind(row.kind), row.n_words, row.published, named)
