"""Proposals: two people of the record who may be one, with the reason in words, until somebody decides.

Nothing here joins anybody. A proposal is made when a new name comes in, once; it is open as long as no decision stands
on it. How many a name may bring is limited, since nobody reads a hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, or_, select

from onrecord.reading.likeness import reason
from onrecord.reading.names import Fit, fits, sound
from onrecord.reading.titles import folded
from onrecord.record import schema
from onrecord.record.known import Candidate, make_person, members
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


def propose(connection: Connection, person_id: int, *, same_name: Sequence[int] = ()) -> int:
    """Proposes that somebody new is one of those with a similar name, or with the same; how many were proposed."""
    people, own = schema.people, schema.people_names
    kind = SpeakerKind(connection.execute(select(people.c.kind).where(people.c.id == person_id)).scalar_one())
    names = connection.scalars(select(own.c.name).where(own.c.person_id == person_id).order_by(own.c.name)).all()
    reasons = {other: _of_same_name(connection, person_id, other) for other in same_name}
    for other, name in _similar(connection, person_id, kind=kind):
        why = next(filter(None, (reason(mine, name, kind) for mine in names)), None)
        if why and other not in reasons:
            reasons[other] = why
    chosen = list(reasons.items())[:MAX_PROPOSALS]
    _note(connection, person_id, chosen)
    return len(chosen)


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
    _note(connection, person, [(other, f"the family name, and both are called {title}") for other in chosen])
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


def _similar(connection: Connection, person_id: int, *, kind: SpeakerKind) -> list[tuple[int, str]]:
    """Everybody of the kind whose name may be like the person's, with each name."""
    mine, theirs, people, own = (
        schema.people_blocks.alias(),
        schema.people_blocks.alias(),
        schema.people,
        schema.people_names,
    )
    query = (
        select(people.c.id, own.c.name)
        .join(own, own.c.person_id == people.c.id)
        .join(theirs, theirs.c.person_id == people.c.id)
        .join(mine, mine.c.block == theirs.c.block)
        .where(mine.c.person_id == person_id, people.c.id != person_id, people.c.kind == kind.value)
        .distinct()
        .order_by(people.c.id, own.c.name)
    )
    return [(row.id, row.name) for row in connection.execute(query)]


def _of_same_name(connection: Connection, person_id: int, other: int) -> str:
    people = schema.people
    query = select(people.c.id, people.c.walks).where(people.c.id.in_([person_id, other]))
    walks = {row.id: row.walks for row in connection.execute(query)}
    here, there = walks[person_id], walks[other]
    if here and there and set(here).isdisjoint(there):
        return f"the same name, but one is called by roles of {' and '.join(there)}, the other of {' and '.join(here)}"
    return SAME_NAME


def _note(connection: Connection, person_id: int, reasons: Sequence[tuple[int, str]]) -> None:
    now = datetime.now(UTC)
    rows = [{"person_id": person_id, "other_id": other, "reason": why, "proposed_at": now} for other, why in reasons]
    if rows:
        connection.execute(insert(schema.proposals), rows)
