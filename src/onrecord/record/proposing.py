"""Proposals: two people of the record who may be one, with the reason in words, until somebody decides.

Nothing here joins anybody. A proposal is made when a new name comes in, once; it is open as long as no decision stands
on it. How many a name may bring is limited, since nobody reads a hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, or_, select

from onrecord.reading.likeness import reason
from onrecord.reading.names import Fit, fits, sound
from onrecord.reading.titles import folded
from onrecord.record import schema
from onrecord.record.known import Candidate, Newcomer, asked_together, make_person, members
from onrecord.statement import SpeakerKind

MAX_PROPOSALS = 5  # for one new person
SAME_NAME = "the same name, and nothing tells whether it is one bearer or two"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two people, by the ids of those whom they are taken for now, who may be one."""

    id: int
    one: int
    other: int
    reason: str
    proposed_at: datetime


def propose(connection: Connection, new: Mapping[int, Newcomer], *, same_name: Mapping[int, Sequence[int]]) -> int:
    """Proposes that those who have just come in, by their ids, are others of a similar name, or of the same.

    `same_name` has those of the same. Gives how many were proposed.
    """
    similar = _similar(connection, new)
    rows = []
    for person_id, newcomer in new.items():
        reasons = {other: _of_same_name(connection, person_id, other) for other in same_name.get(person_id, ())}
        for other, name in similar[person_id]:
            whys = (
                (reason(mine, name, newcomer.kind) for mine in sorted(newcomer.names)) if other not in reasons else ()
            )
            if why := next(filter(None, whys), None):
                reasons[other] = why
        rows += [(person_id, other, why) for other, why in list(reasons.items())[:MAX_PROPOSALS]]
    _note(connection, rows)
    return len(rows)


def propose_bearers_of_title(connection: Connection, *, title: str, family: str) -> int | None:
    """Makes "Senator Falk" somebody who may be any Falk whom articles call a senator; none where there is nobody."""
    name = f"{title[:1].upper()}{title[1:]} {family}"
    shared, people, table = schema.people_blocks, schema.people, schema.appearances
    query = (
        select(people.c.id, people.c.name, table.c.described)
        .join(shared, shared.c.person_id == people.c.id)
        .join(table, table.c.person_id == people.c.id)
        .where(shared.c.block == f"={sound(folded(family))}", table.c.described.is_not(None))
        .distinct()
        .order_by(people.c.id)
    )
    bearers = [
        row.id
        for row in connection.execute(query)
        if folded(title) in folded(row.described).split() and fits(family, row.name) >= Fit.FAMILY
    ]
    chosen = list(dict.fromkeys(bearers))[:MAX_PROPOSALS]
    if not chosen:
        return None
    person = make_person(connection, kind=SpeakerKind.PERSON, name=name)
    row = {"person_id": person, "name": name, "key": None, "listed": False}
    connection.execute(insert(schema.people_names).values(row))
    _note(connection, [(person, other, f"the family name, and both are called {title}") for other in chosen])
    return person


def may_be_same(connection: Connection, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one of several of one name that a mention may be given to: the first that may still be each of the others.

    Where people have decided that they are several, that is none of them, or the one that waits to be decided on.
    """
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    among = members(connection, [candidate.leader for candidate in candidates])
    undecided = {frozenset((p.one, p.other)) for p in open_proposals(connection, among=among)}
    for one in candidates:
        if all(other is one or frozenset((one.leader, other.leader)) in undecided for other in candidates):
            return one
    return None


def open_proposals(
    connection: Connection,
    *,
    only: int | None = None,
    about: Sequence[int] = (),
    among: Sequence[int] = (),
    limit: int | None = None,
) -> list[Proposal]:
    """The proposals on which no decision stands, oldest first.

    `only` is the id of one; `about` and `among` are rows of people, the merged ones too, of which one has to be in the
    proposal, or both.
    """
    table = schema.proposals
    one, other = schema.people.alias(), schema.people.alias()
    of_one, of_other = func.coalesce(one.c.merged_into, one.c.id), func.coalesce(other.c.merged_into, other.c.id)
    query = (
        select(table.c.id, of_one.label("one"), of_other.label("other"), table.c.reason, table.c.proposed_at)
        .join(one, one.c.id == table.c.person_id)
        .join(other, other.c.id == table.c.other_id)
        .where(table.c.decision_id.is_(None), of_one != of_other)
        .order_by(table.c.id)
    )
    if only is not None:
        query = query.where(table.c.id == only)
    if about:
        query = query.where(or_(table.c.person_id.in_(about), table.c.other_id.in_(about)))
    if among:
        query = query.where(table.c.person_id.in_(among), table.c.other_id.in_(among))
    rows = connection.execute(query.limit(limit))
    return [Proposal(row.id, row.one, row.other, row.reason, row.proposed_at) for row in rows]


def _similar(connection: Connection, new: Mapping[int, Newcomer]) -> dict[int, list[tuple[int, str]]]:
    """For each, everybody of the kind who came before and whose name may be like theirs, with each name."""
    found: dict[int, set[tuple[int, str]]] = {person_id: set() for person_id in new}
    sharing: dict[str, list[int]] = {}
    for person_id, newcomer in new.items():
        for block in newcomer.blocks:
            sharing.setdefault(block, []).append(person_id)
    shared, people, own = schema.people_blocks, schema.people, schema.people_names
    query = (
        select(shared.c.block, people.c.id, people.c.kind, own.c.name)
        .join(people, people.c.id == shared.c.person_id)
        .join(own, own.c.person_id == people.c.id)
    )
    for asked in asked_together(sharing):
        for row in connection.execute(query.where(shared.c.block.in_(asked))):
            for person_id in sharing[row.block]:
                if row.id < person_id and row.kind == new[person_id].kind.value:
                    found[person_id].add((row.id, row.name))
    return {person_id: sorted(others) for person_id, others in found.items()}


def _of_same_name(connection: Connection, person_id: int, other: int) -> str:
    people = schema.people
    query = select(people.c.id, people.c.walks).where(people.c.id.in_([person_id, other]))
    walks = {row.id: row.walks for row in connection.execute(query)}
    here, there = walks[person_id], walks[other]
    if here and there and set(here).isdisjoint(there):
        return f"the same name, but one is called by roles of {' and '.join(there)}, the other of {' and '.join(here)}"
    return SAME_NAME


def _note(connection: Connection, reasons: Sequence[tuple[int, int, str]]) -> None:
    now = datetime.now(UTC)
    rows = [{"person_id": one, "other_id": other, "reason": why, "proposed_at": now} for one, other, why in reasons]
    if rows:
        connection.execute(insert(schema.proposals), rows)
