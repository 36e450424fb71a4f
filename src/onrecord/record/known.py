"""Whom the record knows under which name, and how somebody new comes into it.

Asked once an article, for all of its names together. A person's id is that of the row that bears the name, also when it
is merged into another: so an undone merge gives each their own back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, func, or_, select

from onrecord.reading.likeness import blocks, certain_key
from onrecord.record import schema
from onrecord.record.called import note_words
from onrecord.record.inserting import insert_rows
from onrecord.statement import SpeakerKind

_MAX_ASKED = 500  # databases limit how many values one question may have


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who bears a name: the row with the name, whom it is merged into (or itself), and the walks of life."""

    id: int
    leader: int
    kind: SpeakerKind
    walks: frozenset[str]

    def allows(self, walks: frozenset[str]) -> bool:
        """Whether somebody with these walks of life may be the same; where either's are not known, yes."""
        return not walks or not self.walks or not walks.isdisjoint(self.walks)


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the record knows under the keys that were asked for."""

    by_key: dict[str, list[Candidate]]
    names: frozenset[tuple[int, str]]

    def people(self, key: str, kind: SpeakerKind) -> list[Candidate]:
        """Everybody of this kind with this key, one for each that people take for one, in the order they came."""
        first: dict[int, Candidate] = {}
        for candidate in self.by_key.get(key, ()):
            if candidate.kind is kind and (candidate.leader not in first or candidate.id == candidate.leader):
                first[candidate.leader] = candidate
        return sorted(first.values(), key=lambda candidate: candidate.leader)

    def has(self, person_id: int, name: str) -> bool:
        """Whether the person was met under this name, among those that bear the keys."""
        return (person_id, name) in self.names


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom the record does not know: the names, of which the first is what they go by."""

    kind: SpeakerKind
    names: tuple[str, ...]
    walks: frozenset[str] = frozenset()

    @property
    def blocks(self) -> frozenset[str]:
        """What everybody shares one of whose name may be like theirs."""
        return frozenset(block for name in self.names for block in blocks(name, self.kind))


def known_by_keys(connection: Connection, keys: Iterable[str]) -> Known:
    """Everybody who bears one of the keys."""
    by_key: dict[str, list[Candidate]] = {}
    names: set[tuple[int, str]] = set()
    for asked in asked_together(keys):
        for key, candidate, name in _bearing(connection, asked):
            names.add((candidate.id, name))
            bearers = by_key.setdefault(key, [])
            if candidate not in bearers:
                bearers.append(candidate)
    return Known(by_key, frozenset(names))


def members(connection: Connection, leaders: Sequence[int]) -> list[int]:
    """These and everybody who is merged into one of them, these first."""
    people = schema.people
    query = select(people.c.id).where(or_(people.c.id.in_(leaders), people.c.merged_into.in_(leaders)))
    return sorted(connection.scalars(query), key=lambda member: (member not in leaders, member))


def asked_together(words: Iterable[str]) -> Iterator[list[str]]:
    """The words, as many at a time as one question may have."""
    remaining = iter(sorted(words))
    while asked := list(islice(remaining, _MAX_ASKED)):
        yield asked


def insert_people(connection: Connection, newcomers: Sequence[Newcomer]) -> list[int]:
    """A row for each of them, whose names are still to be noted; the ids, in their order."""
    people = schema.people
    rows = [{"kind": one.kind.value, "name": one.names[0], "walks": sorted(one.walks)} for one in newcomers]
    if not rows:
        return []
    insert_rows(connection, people, rows)
    # Whoever writes does so alone: the last numbers are theirs.
    return sorted(connection.scalars(select(people.c.id).order_by(people.c.id.desc()).limit(len(rows))))


def make_people(connection: Connection, newcomers: Sequence[Newcomer]) -> list[int]:
    """All of them with their names and what they are found by; the ids, in their order."""
    ids = insert_people(connection, newcomers)
    _add_names(connection, [(n, one.kind, name) for n, one in zip(ids, newcomers, strict=True) for name in one.names])
    return ids


def note_names(connection: Connection, named: Sequence[tuple[int, SpeakerKind, str]], *, listed: bool = False) -> None:
    """Adds names to people, by their ids, and what they are found by; a name that somebody has stays as it is."""
    note_words(connection, {name for _, _, name in named})
    _add_names(connection, named, listed=listed)


def _add_names(connection: Connection, named: Sequence[tuple[int, SpeakerKind, str]], *, listed: bool = False) -> None:
    rows = [
        {"person_id": number, "name": name, "key": certain_key(name, kind), "listed": listed}
        for number, kind, name in named
    ]
    insert_rows(connection, schema.people_names, rows, unless_there=True)
    shared = sorted({(block, number) for number, kind, name in named for block in blocks(name, kind)})
    of_blocks = [{"block": block, "person_id": number} for block, number in shared]
    insert_rows(connection, schema.people_blocks, of_blocks, unless_there=True)


def _bearing(connection: Connection, keys: Sequence[str]) -> Iterable[tuple[str, Candidate, str]]:
    own, people = schema.people_names, schema.people
    leader = func.coalesce(people.c.merged_into, people.c.id).label("leader")
    query = (
        select(own.c.key, own.c.name, people.c.id, leader, people.c.kind, people.c.walks)
        .join(people, people.c.id == own.c.person_id)
        .where(own.c.key.in_(keys))
        .order_by(people.c.id)
    )
    for row in connection.execute(query):
        yield row.key, Candidate(row.id, row.leader, SpeakerKind(row.kind), frozenset(row.walks)), row.name
