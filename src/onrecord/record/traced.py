"""The families of quotations in the record: what tracing asks of a store, answered from tables.

For one transaction, in which nobody else writes: what an article needs is asked at once before it is placed (`expect`),
what changes is kept here until `settle` writes it, and whatever is asked meanwhile is answered from both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.record.counting import Counted, Counts
from onrecord.record.quoted import family_of, family_values, piece_of, values_of
from onrecord.record.rows import Found, Values
from onrecord.record.schema_tracing import quotation_families, quotations
from onrecord.record.sharing import Sharing
from onrecord.tracing.decision import Score
from onrecord.tracing.keys import best_shared, fewest_shared, keys_asked, keys_of, speaker_key
from onrecord.tracing.piece import Piece, PieceKind
from onrecord.tracing.placing import MAX_COMPARED, MAX_MEMBERS, Copy, Family, drawn
from onrecord.tracing.rarity import weight_of
from onrecord.tracing.words import forms_of, stem

__all__ = ["Counted", "TracedFamilies"]

_Q, _FAMILIES = quotations.c, quotation_families.c
# So many pieces are held, and so many values are asked for at once.
MAX_HELD = 5_000
AT_ONCE = 400
# Most pieces that find a family find it among so many; what the others need is asked when it is needed.
LIKELY = 4
# "numbers" is the last number that a quotation was given.
WORDS, UTTERANCES, NUMBERS = "words", "utterances", "numbers"
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_PIECES = select(quotations).where(_Q.id.in_(_IDS))
_OF_IDS = select(quotation_families).where(_FAMILIES.id.in_(_IDS))
_MEMBERS = select(_Q.id, _Q.family_id).where(_Q.family_id.in_(_IDS)).order_by(_Q.id)
_EXPLAINED = (
    update(quotations)
    .where(_Q.id == bindparam("of"))
    .values(family_id=bindparam("home"), score=bindparam("score"), relation=bindparam("relation"))
)
_OF_ARTICLE = select(_Q.family_id).where(_Q.article_id == bindparam("article")).distinct()


@dataclass(slots=True)
class TracedFamilies:
    """The families that a record keeps; pieces have the numbers of their rows, and articles theirs as names.

    `pieces` are those that were fetched; they never change, and may be handed on to the next transaction.
    """

    connection: Connection
    pieces: dict[int, Piece] = field(default_factory=dict)
    _counts: Counts = field(init=False)
    _sharing: Sharing = field(init=False)
    _asked: dict[int, "_Asked"] = field(default_factory=dict)
    _families: dict[int, Family] = field(default_factory=dict)
    # Of each quotation its family, which another may have absorbed since, and how many words it has.
    _home: dict[int, tuple[int, int]] = field(default_factory=dict)
    _absorbed: dict[int, int] = field(default_factory=dict)
    # What is to be written.
    _new: dict[int, Piece] = field(default_factory=dict)
    _why: dict[int, Score] = field(default_factory=dict)
    _changed: set[int] = field(default_factory=set)
    _ended: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._counts = Counts(self.connection)
        self._sharing = Sharing(self.connection)

    def weights(self, forms: Sequence[str]) -> list[float]:
        """What it tells that two pieces share a word of each of these forms, in nats."""
        n_words = self._counts.of(Counted.ALL, WORDS)
        counts = self._counts.all_of(Counted.STEM, list(map(stem, forms)))
        return [weight_of(form, count, n_words=n_words) for form, count in zip(forms, counts, strict=True)]

    def n_utterances(self, speaker: str | None = None) -> int:
        """How many utterances there are, of all or of a speaker, by the speaker's key."""
        return self._counts.of(*((Counted.ALL, UTTERANCES) if speaker is None else (Counted.SPEAKER, speaker)))

    def expect(self, pieces: Sequence[Piece]) -> None:
        """Asks at once for what placing these pieces needs: each question costs more than what it brings."""
        self._asked = {id(piece): _Asked(piece, keys_asked(piece)) for piece in pieces}
        self._sharing.fetch({key for one in self._asked.values() for key in one.keys})
        self._counts.fetch(Counted.ALL, (WORDS, UTTERANCES, NUMBERS))
        self._counts.fetch(Counted.STEM, (stem(form) for piece in pieces for form in forms_of(piece.words)))
        found = {at: self._sharers(one) for at, one in self._asked.items()}
        self._fetch_homes(number for numbers in found.values() for number in numbers)
        near = {at: self._by_family(numbers) for at, numbers in found.items()}
        pulled = [number for piece in pieces for number in drawn(piece, near[id(piece)], self)]
        ids = [family for some in near.values() for family in islice(some, MAX_COMPARED)]
        families = self.with_ids([*ids, *(self._family_now(self._home[number][0]) for number in pulled)])
        names = {name for family in families for name in family.likely_speakers()}
        names |= {piece.speaker for piece in pieces if piece.speaker}
        self._counts.fetch(Counted.SPEAKER, filter(None, map(speaker_key, sorted(names))))
        members = [number for piece in pieces for number in self._members_to_compare(piece, near[id(piece)])]
        self.fetch([*members, *pulled])
        shorter = {form for piece in pieces for form in self._forms_to_weigh(piece, near[id(piece)])}
        self._counts.fetch(Counted.STEM, map(stem, sorted(shorter)))

    def near(self, piece: Piece) -> Mapping[int, Sequence[int]]:
        """The families that have pieces which share keys with a new one, with those pieces, the likeliest first."""
        if id(piece) not in self._asked:
            self.expect([piece])
        numbers = self._sharers(self._asked[id(piece)])
        self._fetch_homes(numbers)
        return self._by_family(numbers)

    def n_words(self, number: int) -> int:
        """How many words a piece has that shares keys with another."""
        return self._home[number][1]

    def piece(self, number: int) -> Piece:
        """The piece with this number."""
        if number in self._new:
            return self._new[number]
        if number not in self.pieces:
            self.fetch([number])
        return self.pieces[number]

    def fetch(self, numbers: Iterable[int]) -> None:
        """Gets several pieces at once."""
        if len(self.pieces) > MAX_HELD:
            self.pieces.clear()
        missing = [n for n in dict.fromkeys(numbers) if n not in self.pieces and n not in self._new]
        for start in range(0, len(missing), AT_ONCE):
            rows = self.connection.execute(_PIECES, {"ids": missing[start : start + AT_ONCE]})
            self.pieces |= {row.id: piece_of(row) for row in rows}

    def with_ids(self, ids: Sequence[int]) -> Sequence[Family]:
        """The families with these numbers, in their order, their fullest copies fetched."""
        missing = [id for id in dict.fromkeys(ids) if id not in self._families]
        self._families |= {family.id: family for family in self._asked_families(missing)}
        return [self._families[id] for id in ids]

    def of_ids(self, ids: Sequence[int]) -> Sequence[Family]:
        """The families with these numbers that are written, in their order, with all of their members."""
        members: dict[int, list[int]] = {}
        for row in self.connection.execute(_MEMBERS, {"ids": list(ids)}) if ids else ():
            members.setdefault(row.family_id, []).append(row.id)
        found = {family.id: family for family in self._asked_families([id for id in ids if id in members])}
        for family in found.values():
            family.list_members = members.__getitem__
        return [found[id] for id in ids if id in found]

    def family_of(self, number: int) -> Family:
        """The family of a piece."""
        self._fetch_homes([number])
        return self.with_ids([self._family_now(self._home[number][0])])[0]

    def put(self, piece: Piece) -> int:
        """Keeps a new piece, to be found by its keys if it is quoted; its number."""
        self._counts.add(Counted.ALL, [NUMBERS], 1)
        number = self._counts.of(Counted.ALL, NUMBERS)
        self._new[number] = piece
        if piece.kind is PieceKind.QUOTED:
            keys = keys_of(piece)
            self._sharing.put(number, keys)
            for one in self._asked.values():
                if not keys.isdisjoint(one.keys):
                    one.sharers = None
        return number

    def found(self, number: int) -> Family:
        """Makes a piece the first of a family of its number."""
        self._families[number] = Family(number, self._members)
        self._add(self._families[number], number)
        self._count_utterance(self.piece(number), 1)
        return self._families[number]

    def join(self, family: Family, number: int, score: Score) -> None:
        """Puts a piece into a family, and says why."""
        self._why[number] = score
        self._add(family, number)

    def absorb(self, home: Family, other: Family, score: Score) -> None:
        """Puts all pieces of the other family into the first, and ends the other one."""
        self._count_utterance(self.piece(other.id), -1)
        self._why.setdefault(other.id, score)
        self._fetch_homes([other.id])
        home.merge(other)
        self._absorbed[other.id] = home.id
        self._changed.add(home.id)
        self._ended.append(other.id)
        del self._families[other.id]

    def move(self, number: int, old: Family, home: Family, score: Score) -> None:
        """Puts a piece of one family, neither its first nor its fullest, into another, and says why."""
        old.take(Copy.of(self.piece(number), number))
        self._changed.add(old.id)
        self.join(home, number, score)

    def take_out(self, article_id: int) -> list[Piece]:
        """Ends the families in which the article's pieces are; the pieces of other articles in them, to be placed anew.

        What held such a family together may have been the article's piece.
        """
        ids = list(self.connection.scalars(_OF_ARTICLE, {"article": article_id}))
        if not ids:
            return []
        self.settle()
        numbers = [row.id for row in self.connection.execute(_MEMBERS, {"ids": ids})]
        self.fetch(numbers)
        pieces = {number: self.pieces.pop(number) for number in numbers}
        for number in set(ids) & pieces.keys():
            self._count_utterance(pieces[number], -1)
        for number, piece in pieces.items():
            if piece.kind is PieceKind.QUOTED:
                self._sharing.take(number, keys_of(piece))
        self.connection.execute(delete(quotations).where(_Q.id.in_(_IDS)), {"ids": numbers})
        self.connection.execute(delete(quotation_families).where(_FAMILIES.id.in_(_IDS)), {"ids": ids})
        for known in (self._asked, self._families, self._home, self._absorbed):
            known.clear()
        return [piece for piece in pieces.values() if piece.article != str(article_id)]

    def settle(self) -> None:
        """Writes what has changed."""
        self._write_pieces()
        changed = [family_values(self._families[id]) for id in sorted(self._changed) if id in self._families]
        if changed:
            dialect = sqlite if self.connection.dialect.name == "sqlite" else postgresql
            put = dialect.insert(quotation_families)
            new = {name: put.excluded[name] for name in changed[0] if name != "id"}
            self.connection.execute(put.on_conflict_do_update(index_elements=[_FAMILIES.id], set_=new), changed)
        if self._ended:
            ended = [{"was": id, "now": self._family_now(id)} for id in self._ended]
            moved = update(quotations).where(_Q.family_id == bindparam("was")).values(family_id=bindparam("now"))
            self.connection.execute(moved, ended)
            self.connection.execute(delete(quotation_families).where(_FAMILIES.id.in_(_IDS)), {"ids": self._ended})
        self._sharing.settle()
        self._counts.settle()
        for written in (self._new, self._why, self._changed, self._ended):
            written.clear()

    def _write_pieces(self) -> None:
        rows = [
            values_of(piece)
            | {"id": number, "family_id": self._family_now(self._home[number][0])}
            | _values_of_score(self._why.get(number))
            for number, piece in self._new.items()
        ]
        if rows:
            self.connection.execute(insert(quotations), rows)
        self.pieces |= self._new
        old = [
            {"of": number, "home": self._family_now(self._home[number][0])} | _values_of_score(score)
            for number, score in self._why.items()
            if number not in self._new
        ]
        if old:
            self.connection.execute(_EXPLAINED, old)

    def _add(self, family: Family, number: int) -> None:
        piece = self.piece(number)
        family.add(Copy.of(piece, number))
        self._home[number] = (family.id, len(piece.words))
        self._changed.add(family.id)

    def _sharers(self, asked: "_Asked") -> Sequence[int]:
        """The pieces that share keys with one, those that share the most and the rarest first."""
        if asked.sharers is None:
            latest = self._sharing.latest(asked.keys)
            asked.sharers = best_shared(latest, fewest=fewest_shared(asked.piece))
        return asked.sharers

    def _fetch_homes(self, numbers: Iterable[int]) -> None:
        missing = {number for number in numbers if number not in self._home}
        if missing:
            listed = ",".join(map(str, missing))
            query = f"SELECT id, family_id, n_words FROM quotations WHERE id IN ({listed})"  # noqa: S608 - numbers of our own
            self._home |= {id: (home, n_words) for id, home, n_words in self.connection.exec_driver_sql(query)}

    def _by_family(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number in numbers:
            found.setdefault(self._family_now(self._home[number][0]), []).append(number)
        return found

    def _family_now(self, family: int) -> int:
        while family in self._absorbed:
            family = self._absorbed[family]
        return family

    def _members_to_compare(self, piece: Piece, near: Mapping[int, Sequence[int]]) -> Iterable[int]:
        """The longer ones of the families that the piece will be compared with."""
        for family, numbers in islice(near.items(), MAX_COMPARED):
            fullest = self._families[family].fullest
            longer = (n for n in numbers if n != fullest and self.n_words(n) >= len(piece.words))
            yield from islice(longer, MAX_MEMBERS)

    def _forms_to_weigh(self, piece: Piece, near: Mapping[int, Sequence[int]]) -> Iterable[str]:
        """The words of those that are likely to be laid beside a longer piece."""
        for family in islice(near, LIKELY):
            full = self.piece(self._families[family].fullest)
            if len(full.words) < len(piece.words):
                yield from forms_of(full.words)

    def _asked_families(self, ids: Sequence[int]) -> list[Family]:
        rows: list[Found] = []
        for start in range(0, len(ids), AT_ONCE):
            rows += self.connection.execute(_OF_IDS, {"ids": ids[start : start + AT_ONCE]}).all()
        self.fetch(row.fullest_id for row in rows)
        return [family_of(row, Copy.of(self.piece(row.fullest_id), row.fullest_id), self._members) for row in rows]

    def _members(self, family: int) -> list[int]:
        """The members of a family as they are written."""
        return [row.id for row in self.connection.execute(_MEMBERS, {"ids": [family]})]

    def _count_utterance(self, piece: Piece, by: int) -> None:
        stems = set(map(stem, forms_of(piece.words)))
        self._counts.add(Counted.STEM, stems, by)
        self._counts.add(Counted.ALL, [WORDS], by * len(stems))
        self._counts.add(Counted.ALL, [UTTERANCES], by)
        if piece.speaker and (key := speaker_key(piece.speaker)):
            self._counts.add(Counted.SPEAKER, [key], by)


@dataclass(slots=True)
class _Asked:
    """A piece that is to be placed, its keys, and the pieces that share them, where that is known."""

    piece: Piece
    keys: frozenset[int]
    sharers: Sequence[int] | None = None


def _values_of_score(score: Score | None) -> Values:
    return {"score": score and score.total, "relation": score and score.relation.value}
