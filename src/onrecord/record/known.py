"""Whom the record knows under which name, and how somebody new comes into it.

Asked once an article, for all of its names together. A person's id is that of the row that bears the name, also when it
is merged into another: so an undone merge gives each their own back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, func, insert, or_, select

from onrecord.reading.likeness import blocks, certain_key
from onrecord.record import schema
from onrecord.record.called import note_words
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


def make_people(connection: Connection, newcomers: Sequence[Newcomer]) -> list[int]:
    """All of them with their names and what they are found by; the ids, in their order."""
    if not newcomers:
        return []
    people = schema.people
    values = [{"kind": one.kind.value, "name": one.names[0], "walks": sorted(one.walks)} for one in newcomers]
    made = insert(people).returning(people.c.id, sort_by_parameter_order=True)
    ids = list(connection.scalars(made, values))
    both = list(zip(ids, newcomers, strict=True))
    named = [(number, one.kind, name) for number, one in both for name in one.names]
    rows = [{"person_id": n, "name": name, "key": certain_key(name, kind), "listed": False} for n, kind, name in named]
    connection.execute(insert(schema.people_names), rows)
    shared = [{"block": block, "person_id": number} for number, one in both for block in sorted(one.blocks)]
    if shared:
        connection.execute(insert(schema.people_blocks), shared)
    return ids


def make_person(connection: Connection, *, kind: SpeakerKind, name: str, walks: Iterable[str] = ()) -> int:
    """Somebody new; the id."""
    table = schema.people
    values = {"kind": kind.value, "name": name, "walks": sorted(walks)}
    return int(connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one())


def note_names(
    connection: Connection, names: Sequence[str], *, person_id: int, kind: SpeakerKind, listed: bool = False
) -> None:
    """Adds names to a person, and what they are found by; those that it has stay as they are."""
    own, shared = schema.people_names, schema.people_blocks
    noted = set(connection.scalars(select(own.c.name).where(own.c.person_id == person_id, own.c.name.in_(names))))
    new = [name for name in dict.fromkeys(names) if name not in noted]
    if not new:
        return
    rows = [{"person_id": person_id, "name": name, "key": certain_key(name, kind), "listed": listed} for name in new]
    connection.execute(insert(own), rows)
    note_words(connection, new)
    mine = {block for name in new for block in blocks(name, kind)}
    there = set(connection.scalars(select(shared.c.block).where(shared.c.person_id == person_id)))
    if mine - there:
        connection.execute(insert(shared), [{"block": block, "person_id": person_id} for block in sorted(mine - there)])


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
