"""What people decide about who is who: one or two, apart again, and never mind.

Each decision is a row with who and when, and is never deleted: undoing it notes by whom and when it was undone. A merge
moves nothing; those who are merged keep their names and appearances and point to the one that they are taken for. That
pointer follows from the decisions that stand, and is set anew whenever one is made or undone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select, update

from onrecord.errors import UsageError, shown
from onrecord.reading.roles import walks_of
from onrecord.record import schema
from onrecord.record.known import Newcomer, insert_people, members, note_names
from onrecord.record.proposing import open_proposals
from onrecord.record.rows import Found
from onrecord.statement import SpeakerKind

# A broadcaster is an outlet in one article and a company in the next.
_MAY_BE_ONE = frozenset({SpeakerKind.ORGANISATION, SpeakerKind.OUTLET})


class Verdict(StrEnum):
    """What a decision says of two people: that the other is the first, is not, or was split off from it."""

    MERGE = "merge"
    DISTINCT = "distinct"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about two people, and whether that still stands."""

    id: int
    verdict: Verdict
    person_id: int
    other_id: int
    decided_by: str
    decided_at: datetime
    undone_by: str | None
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """What of a person belongs to somebody else: whatever bears these names, stands in these articles or is these."""

    names: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    statements: tuple[int, ...] = ()


def merge(connection: Connection, keep: int, other: int, *, by: str) -> int:
    """Decides that two people are one, who goes by the first's name; the decision's id. Raises UsageError."""
    one, two = _leader(connection, keep), _leader(connection, other)
    if one.id == two.id:
        raise UsageError(f"{keep} and {other} are one already: {shown(one.name)}")
    if one.kind != two.kind and not {one.kind, two.kind} <= _MAY_BE_ONE:
        raise UsageError(f"{shown(one.name)} is a {one.kind} and {shown(two.name)} a {two.kind}; they cannot be one")
    decided = _decided(connection, Verdict.MERGE, one.id, two.id, by=by)
    _point_anew(connection, [one.id, two.id])
    return decided


def keep_apart(connection: Connection, one: int, other: int, *, by: str) -> int:
    """Decides that two people are two, so that it is not proposed again; the decision's id. Raises UsageError."""
    first, second = _leader(connection, one), _leader(connection, other)
    if first.id == second.id:
        raise UsageError(f"{one} and {other} are merged; undo that, or split them")
    return _decided(connection, Verdict.DISTINCT, first.id, second.id, by=by)


def decide(connection: Connection, proposal_id: int, *, accept: bool, by: str) -> int:
    """Accepts or rejects an open proposal; the decision's id. The name met more often stays. Raises UsageError."""
    proposal = next(iter(open_proposals(connection, only=proposal_id)), None)
    if proposal is None:
        raise UsageError(f"there is no open proposal {proposal_id}; `onrecord people review` shows them")
    if not accept:
        return keep_apart(connection, proposal.one, proposal.other, by=by)
    n_one, n_other = (_n_appearances(connection, leader) for leader in (proposal.one, proposal.other))
    keep, other = (proposal.one, proposal.other) if n_one > n_other else (proposal.other, proposal.one)
    return merge(connection, keep, other, by=by)


def split(connection: Connection, person_id: int, part: Part, *, by: str) -> tuple[int, int]:
    """Makes a part of somebody a person of its own; that person's id and the decision's. Raises UsageError."""
    leader = _leader(connection, person_id)
    table = schema.appearances
    own = members(connection, [leader.id])
    rows = connection.execute(select(table).where(table.c.person_id.in_(own), _within(part))).all()
    if not rows:
        raise UsageError(f"nothing of {shown(leader.name)} is there; see `onrecord people show {leader.id}`")
    if len(rows) == _n_appearances(connection, leader.id):
        raise UsageError(f"that is all of {shown(leader.name)}; to take back a merge use `onrecord people undo`")
    names = [row.name for row in rows]
    kind = SpeakerKind(leader.kind)
    walks = walks_of(row.described for row in rows if row.described)
    newcomer = Newcomer(kind, (max(sorted(set(names)), key=names.count),), walks)
    (new,) = insert_people(connection, [newcomer])
    note_names(connection, [(new, kind, name) for name in names])
    values = {"person_id": leader.id, "other_id": new, **_signed(by)}
    decided = _insert_decision(connection, Verdict.SPLIT, values)
    _move(connection, rows, to=new, decision=decided)
    _forget_names(connection, set(names), of=own)
    return new, decided


def undo(connection: Connection, decision_id: int, *, by: str) -> Decision:
    """Takes a decision back: what it said is open again, what it moved returns. Raises UsageError."""
    table, people = schema.decisions, schema.people
    decision = next(iter(decisions(connection, only=table.c.id == decision_id)), None)
    if decision is None:
        raise UsageError(f"there is no decision {decision_id}; `onrecord people show WHO` names those about somebody")
    if decision.undone_at is not None:
        raise UsageError(f"decision {decision_id} was undone by {decision.undone_by}; it cannot be undone twice")
    if decision.verdict is Verdict.SPLIT:
        merged = connection.scalar(select(people.c.merged_into).where(people.c.id == decision.other_id))
        if merged or _leader(connection, decision.person_id).id == decision.other_id:
            raise UsageError(f"who was split off has been merged since; undo the merge before decision {decision_id}")
    values = {"undone_by": by, "undone_at": datetime.now(UTC)}
    connection.execute(update(table).where(table.c.id == decision_id).values(values))
    _move_back(connection, decision)
    proposals = schema.proposals
    connection.execute(update(proposals).where(proposals.c.decision_id == decision_id).values(decision_id=None))
    if decision.verdict is not Verdict.DISTINCT:
        _point_anew(connection, [decision.person_id, decision.other_id])
    return decision


def decisions(connection: Connection, *, only: ColumnElement[bool]) -> list[Decision]:
    """The decisions that fulfil a condition, oldest first, undone ones too."""
    table = schema.decisions
    return [
        Decision(
            id=row.id,
            verdict=Verdict(row.kind),
            person_id=row.person_id,
            other_id=row.other_id,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            undone_by=row.undone_by,
            undone_at=row.undone_at,
        )
        for row in connection.execute(select(table).where(only).order_by(table.c.id))
    ]


def members_of(connection: Connection, person_id: int) -> list[int]:
    """The ids of all that are taken for the same as this person, whom they are taken for first. Raises UsageError."""
    return members(connection, [_leader(connection, person_id).id])


def _leader(connection: Connection, person_id: int) -> Found:
    """The row of whom a person is taken for. Raises UsageError."""
    people = schema.people
    own = select(func.coalesce(people.c.merged_into, people.c.id)).where(people.c.id == person_id).scalar_subquery()
    row = connection.execute(select(people).where(people.c.id == own)).first()
    if row is None:
        raise UsageError(f"there is no person {person_id}; `onrecord people list` has their numbers")
    return row


def _n_appearances(connection: Connection, leader: int) -> int:
    table = schema.appearances
    is_theirs = table.c.person_id.in_(members(connection, [leader]))
    return connection.scalar(select(func.count()).select_from(table).where(is_theirs)) or 0


def _decided(connection: Connection, verdict: Verdict, one: int, other: int, *, by: str) -> int:
    """Notes a decision; a contrary one and the open proposals about the same two are settled by it."""
    table, proposals = schema.decisions, schema.proposals
    pair = or_(
        and_(table.c.person_id == one, table.c.other_id == other),
        and_(table.c.person_id == other, table.c.other_id == one),
    )
    contrary = update(table).where(pair, table.c.undone_at.is_(None), table.c.kind == Verdict.DISTINCT.value)
    connection.execute(contrary.values(undone_by=by, undone_at=datetime.now(UTC)))
    decided = _insert_decision(connection, verdict, {"person_id": one, "other_id": other, **_signed(by)})
    among = members(connection, [one, other])
    settled = [p.id for p in open_proposals(connection, among=among) if {p.one, p.other} == {one, other}]
    connection.execute(update(proposals).where(proposals.c.id.in_(settled)).values(decision_id=decided))
    return decided


def _insert_decision(connection: Connection, verdict: Verdict, values: dict[str, object]) -> int:
    table = schema.decisions
    query = insert(table).values(kind=verdict.value, **values).returning(table.c.id)
    return int(connection.execute(query).scalar_one())


def _signed(by: str) -> dict[str, object]:
    return {"decided_by": by, "decided_at": datetime.now(UTC)}


def _point_anew(connection: Connection, touched: Iterable[int]) -> None:
    """Sets whom everybody is taken for, among all that are or were taken for the same as these."""
    people, table = schema.people, schema.decisions
    group = members(connection, [_leader(connection, person).id for person in touched])
    stands = or_(
        and_(table.c.kind == Verdict.MERGE.value, table.c.undone_at.is_(None)),
        and_(table.c.kind == Verdict.SPLIT.value, table.c.undone_at.is_not(None)),
    )
    query = select(table.c.other_id, table.c.person_id).where(table.c.other_id.in_(group), stands)
    taken_for = {row.other_id: row.person_id for row in connection.execute(query)}
    for member in group:
        leader = member
        while leader in taken_for:
            leader = taken_for[leader]
        merged_into = None if leader == member else leader
        connection.execute(update(people).where(people.c.id == member).values(merged_into=merged_into))


def _within(part: Part) -> ColumnElement[bool]:
    table, articles = schema.appearances, schema.articles
    in_articles = select(articles.c.id).where(articles.c.name.in_(part.articles))
    return or_(
        table.c.name.in_(part.names), table.c.article_id.in_(in_articles), table.c.statement_id.in_(part.statements)
    )


def _move(connection: Connection, rows: Sequence[Found], *, to: int, decision: int) -> None:
    """Gives appearances to somebody else, and notes whose they were."""
    table = schema.appearances
    note = [
        {
            "decision_id": decision,
            "statement_id": row.statement_id,
            "position": row.position,
            "person_id": row.person_id,
        }
        for row in rows
    ]
    connection.execute(insert(schema.moved), note)
    this = and_(table.c.statement_id == bindparam("statement"), table.c.position == bindparam("place"))
    places = [{"statement": row.statement_id, "place": row.position} for row in rows]
    connection.execute(update(table).where(this).values(person_id=to), places)


def _move_back(connection: Connection, decision: Decision) -> None:
    """Gives back what a decision moved and nobody has moved since."""
    table, moved = schema.appearances, schema.moved
    rows = connection.execute(select(moved).where(moved.c.decision_id == decision.id)).all()
    this = and_(table.c.statement_id == bindparam("statement"), table.c.position == bindparam("place"))
    moving = update(table).where(this, table.c.person_id == decision.other_id).values(person_id=bindparam("owner"))
    places = [{"statement": row.statement_id, "place": row.position, "owner": row.person_id} for row in rows]
    if places:
        connection.execute(moving, places)


def _forget_names(connection: Connection, names: set[str], *, of: Sequence[int]) -> None:
    """Takes names from people who do not appear under them any more, so that the next article gives them no more."""
    own, table = schema.people_names, schema.appearances
    used = select(table.c.name).where(table.c.person_id == own.c.person_id, table.c.name == own.c.name).exists()
    gone = delete(own).where(own.c.person_id.in_(of), own.c.name.in_(names), own.c.listed.is_(False), ~used)
    connection.execute(gone)
