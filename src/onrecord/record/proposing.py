"""Proposals: two people of the record who may be one, with the reason in words, until somebody decides.

Nothing here joins anybody. A proposal is made when a new name comes in, once; it is open as long as no decision stands
on it. How many a name may bring is limited, since nobody reads a hundred.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from sqlalchemy import Connection, func, or_, select

from onrecord.reading.likeness import reason
from onrecord.reading.names import Fit, fits, sound
from onrecord.reading.titles import folded
from onrecord.record import schema
from onrecord.record.inserting import insert_rows
from onrecord.record.known import Candidate, Newcomer, asked_together, insert_people, members
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
    walks = _walks(connection, {*same_name, *chain(*same_name.values())} if any(same_name.values()) else ())
    rows = []
    for person_id, newcomer in new.items():
        reasons = {other: _of_same_name(walks[person_id], walks[other]) for other in same_name.get(person_id, ())}
        for other, name in similar[person_id]:
            whys = (
                (reason(mine, name, newcomer.kind) for mine in sorted(newcomer.names)) if other not in reasons else ()
            )
            if why := next(filter(None, whys), None):
                reasons[other] = why
        rows += [(person_id, other, why) for other, why in list(reasons.items())[:MAX_PROPOSALS]]
    _note(connection, rows)
    return len(rows)


def propose_bearers_of_titles(connection: Connection, titled: Sequence[tuple[str, str]]) -> list[int | None]:
    """Makes each title and family name, "Senator Falk", somebody who may be any Falk whom articles call a senator.

    Gives their ids, none where there is nobody whom it may be.
    """
    called = _called(connection, {family for _, family in titled})
    bearers = [
        [number for number, name, role in called[_block(family)]
         if folded(title) in folded(role).split() and fits(family, name) >= Fit.FAMILY]
        for title, family in titled
    ]  # fmt: skip
    new = [n for n, ids in enumerate(bearers) if ids]
    names = {n: f"{title[:1].upper()}{title[1:]} {family}" for n, (title, family) in enumerate(titled)}
    made = insert_people(connection, [Newcomer(SpeakerKind.PERSON, (names[n],)) for n in new])
    people = dict(zip(new, made, strict=True))
    rows = [{"person_id": person, "name": names[n], "key": None, "listed": False} for n, person in people.items()]
    insert_rows(connection, schema.people_names, rows)
    whys = {n: f"the family name, and both are called {titled[n][0]}" for n in people}
    chosen = {n: list(dict.fromkeys(bearers[n]))[:MAX_PROPOSALS] for n in people}
    _note(connection, [(person, other, whys[n]) for n, person in people.items() for other in chosen[n]])
    return [people.get(n) for n in range(len(titled))]


def _block(family: str) -> str:
    return f"={sound(folded(family))}"


def _called(connection: Connection, families: Collection[str]) -> dict[str, list[tuple[int, str, str]]]:
    """Those with family names that sound so, by what they are found by: id, name and what articles call them."""
    found: dict[str, list[tuple[int, str, str]]] = {_block(family): [] for family in families}
    shared, people, table = schema.people_blocks, schema.people, schema.appearances
    query = (
        select(shared.c.block, people.c.id, people.c.name, table.c.described)
        .join(people, people.c.id == shared.c.person_id)
        .join(table, table.c.person_id == people.c.id)
        .where(shared.c.block.in_(found), table.c.described.is_not(None))
        .distinct()
        .order_by(people.c.id)
    )
    for row in connection.execute(query) if found else ():
        found[row.block].append((row.id, row.name, row.described))
    return found


def may_be_same(candidates: Sequence[Candidate], *, undecided: Collection[frozenset[int]]) -> Candidate | None:
    """The one of several of one name that a mention may be given to: the first that may still be each of the others.

    Where people have decided that they are several, that is none of them, or the one that waits to be decided on.
    """
    for one in candidates:
        if all(other is one or frozenset((one.leader, other.leader)) in undecided for other in candidates):
            return one
    return None


def undecided_among(connection: Connection, candidates: Iterable[Candidate]) -> set[frozenset[int]]:
    """Which two of these, by whom they are taken for, are proposed as one, with nobody having decided on it."""
    leaders = sorted({candidate.leader for candidate in candidates})
    if len(leaders) < 2:
        return set()
    return {frozenset((p.one, p.other)) for p in open_proposals(connection, among=members(connection, leaders))}


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


def _walks(connection: Connection, ids: Collection[int]) -> dict[int, list[str]]:
    """The walks of life of these people."""
    people = schema.people
    query = select(people.c.id, people.c.walks).where(people.c.id.in_(ids))
    return {row.id: row.walks for row in connection.execute(query)} if ids else {}


def _of_same_name(here: Sequence[str], there: Sequence[str]) -> str:
    if here and there and set(here).isdisjoint(there):
        return f"the same name, but one is called by roles of {' and '.join(there)}, the other of {' and '.join(here)}"
    return SAME_NAME


def _note(connection: Connection, reasons: Sequence[tuple[int, int, str]]) -> None:
    now = datetime.now(UTC)
    rows = [{"person_id": one, "other_id": other, "reason": why, "proposed_at": now} for one, other, why in reasons]
    insert_rows(connection, schema.proposals, rows)
