"""People as the record knows them: one person, organisation or outlet with every name, role, article and statement.

Counts are made when they are asked for, from the appearances, so that they are never behind. Somebody who was merged is
opened as whom they are taken for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select

from onrecord.errors import UsageError, shown
from onrecord.reading.likeness import BEARERS, certain_key
from onrecord.reading.titles import folded
from onrecord.record import schema
from onrecord.record.deciding import Decision, decisions, members_of
from onrecord.record.proposing import Proposal, open_proposals
from onrecord.record.rows import Found
from onrecord.statement import SpeakerKind

N_STATEMENTS = 20
N_NAMED = 5  # in a message


@dataclass(frozen=True, slots=True)
class Use:
    """A name or a role, how often articles use it, and from when to when; a listed one stands in an authority list."""

    words: str
    n_statements: int
    first: date | None
    last: date | None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list of people."""

    id: int
    kind: SpeakerKind
    name: str
    n_statements: int
    n_articles: int
    first: date | None
    last: date | None
    authority: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """One statement in which somebody appears: as whom, and how the article names them."""

    statement_id: int
    day: date | None
    role: str
    name: str
    described: str | None
    content: str
    article: str
    outlet: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Everything about one person; `merged` are the ids of those taken for the same, `said` is the newest first."""

    entry: Entry
    note: str | None
    names: tuple[Use, ...]
    roles: tuple[Use, ...]
    merged: tuple[int, ...]
    said: tuple[Said, ...]
    decisions: tuple[Decision, ...]
    proposals: tuple[Proposal, ...]


def person_of(connection: Connection, person_id: int, *, limit: int = N_STATEMENTS) -> Person:
    """The person with this id, or whom it is merged into, with the newest `limit` statements. Raises UsageError."""
    people, log = schema.people, schema.decisions
    leader, *merged = members = members_of(connection, person_id)
    row = connection.execute(select(people).where(people.c.id == leader)).one()
    about = or_(log.c.person_id.in_(members), log.c.other_id.in_(members))
    return Person(
        entry=_entry(connection, row, members),
        note=row.note,
        names=_names(connection, members),
        roles=_roles(connection, members),
        merged=tuple(merged),
        said=said_by(connection, members, limit=limit),
        decisions=tuple(decisions(connection, only=about)),
        proposals=tuple(open_proposals(connection, about=members)),
    )


def said_by(connection: Connection, members: Sequence[int], *, limit: int) -> tuple[Said, ...]:
    """The newest statements in which any of these appear; one without a date comes last."""
    table, statements, articles = schema.appearances, schema.statements, schema.articles
    # first only the appearances, so that no more statements are looked up than are shown
    newest = (
        select(table)
        .where(table.c.person_id.in_(members))
        .order_by(table.c.day.desc().nulls_last(), table.c.statement_id.desc())
        .limit(limit)
        .subquery()
    )
    query = (
        select(newest, statements.c.content, articles.c.name.label("article"), articles.c.outlet, articles.c.title)
        .join(statements, statements.c.id == newest.c.statement_id)
        .join(articles, articles.c.id == newest.c.article_id)
        .order_by(newest.c.day.desc().nulls_last(), newest.c.statement_id.desc())
    )
    return tuple(
        Said(
            statement_id=row.statement_id,
            day=row.day,
            role=row.role,
            name=row.name,
            described=row.described,
            content=row.content,
            article=row.article,
            outlet=row.outlet,
            title=row.title,
        )
        for row in connection.execute(query)
    )


def speakers_of(connection: Connection, statements: Sequence[int]) -> dict[int, int]:
    """Who speaks in these statements, by the statements' numbers: those whom they are taken for."""
    people, table = schema.people, schema.appearances
    query = (
        select(table.c.statement_id, func.coalesce(people.c.merged_into, people.c.id).label("leader"))
        .join(people, people.c.id == table.c.person_id)
        .where(table.c.statement_id.in_(statements), table.c.position == 0)
    )
    return {row.statement_id: row.leader for row in connection.execute(query)}


def list_people(
    connection: Connection, *, name: str | None = None, kind: SpeakerKind | None = None, limit: int | None = None
) -> list[Entry]:
    """Everybody whose name holds these words, those with the most statements first; who is merged is not listed."""
    people, table = schema.people, schema.appearances
    leader = func.coalesce(people.c.merged_into, people.c.id)
    counted = (
        select(
            leader.label("id"),
            func.count(table.c.statement_id).label("n_statements"),
            func.count(table.c.article_id.distinct()).label("n_articles"),
            func.min(table.c.day).label("first"),
            func.max(table.c.day).label("last"),
            func.min(people.c.authority).label("authority"),
        )
        .join(table, table.c.person_id == people.c.id, isouter=True)
        .group_by(leader)
    )
    if name is not None:
        counted = counted.where(leader.in_(_having(name)))
    counts = counted.subquery()
    query = select(people.c.kind, people.c.name, counts).join(counts, counts.c.id == people.c.id)
    if kind is not None:
        query = query.where(people.c.kind == kind.value)
    query = query.order_by(counts.c.n_statements.desc(), people.c.name, people.c.id).limit(limit)
    return [_listed(row, row) for row in connection.execute(query)]


def people_called(connection: Connection, words: str) -> list[int]:
    """The ids of those whose full name this is or, if it is nobody's, of those who have a name with these words."""
    return sorted(bearers(connection, words) or set(connection.scalars(_having(words))))


def bearers(connection: Connection, name: str, *, also: Iterable[str] = ()) -> set[int]:
    """The ids of those whose full name this is, or who are called one of the others to the letter."""
    own, people = schema.people_names, schema.people
    leader = func.coalesce(people.c.merged_into, people.c.id)
    keys = {key for kind in BEARERS if (key := certain_key(name, kind))}
    query = select(leader).join(own, people.c.id == own.c.person_id).distinct()
    return set(connection.scalars(query.where(or_(own.c.key.in_(keys), own.c.name.in_({name, *also})))))


def person_called(connection: Connection, who: str) -> int:
    """The id of the one person that a number or a name means. Raises UsageError for none and for several."""
    if who.isdecimal():
        return members_of(connection, int(who))[0]
    found = people_called(connection, who)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"nobody is called {shown(who)}; `onrecord people list` shows who is there")
    people = schema.people
    query = select(people.c.id, people.c.name).where(people.c.id.in_(found[:N_NAMED])).order_by(people.c.id)
    some = ", ".join(f"{row.id} {row.name}" for row in connection.execute(query))
    more = f" and {len(found) - N_NAMED} more" if len(found) > N_NAMED else ""
    raise UsageError(f"{shown(who)} may be several; say which by the number: {some}{more}")


def _having(words: str) -> Select[int]:
    """The ids of those who have a name in which all of these words stand, whole or in part."""
    own, people = schema.people_names, schema.people
    parts = [func.lower(own.c.name).contains(part, autoescape=True) for part in words.lower().split()]
    folded_parts = [own.c.key.contains(part, autoescape=True) for part in folded(words).split()]
    query = select(func.coalesce(people.c.merged_into, people.c.id)).join(own, people.c.id == own.c.person_id)
    return query.where(or_(and_(*parts), and_(*folded_parts)) if parts else false()).distinct()


def entry_of(connection: Connection, person_id: int) -> Entry:
    """The line of a list that a person is. Raises UsageError."""
    people, members = schema.people, members_of(connection, person_id)
    row = connection.execute(select(people).where(people.c.id == members[0])).one()
    return _entry(connection, row, members)


def _entry(connection: Connection, row: Found, members: Sequence[int]) -> Entry:
    table, people = schema.appearances, schema.people
    listed = select(func.min(people.c.authority)).where(people.c.id.in_(members)).scalar_subquery()
    query = select(
        func.count().label("n_statements"),
        func.count(table.c.article_id.distinct()).label("n_articles"),
        func.min(table.c.day).label("first"),
        func.max(table.c.day).label("last"),
        listed.label("authority"),
    ).where(table.c.person_id.in_(members))
    return _listed(row, connection.execute(query).one())


def _listed(row: Found, counts: Found) -> Entry:
    return Entry(
        id=row.id,
        kind=SpeakerKind(row.kind),
        name=row.name,
        n_statements=counts.n_statements,
        n_articles=counts.n_articles,
        first=counts.first,
        last=counts.last,
        authority=counts.authority,
    )


def _names(connection: Connection, members: Sequence[int]) -> tuple[Use, ...]:
    own, table = schema.people_names, schema.appearances
    known = connection.execute(select(own.c.name, own.c.listed).where(own.c.person_id.in_(members)))
    listed = {row.name: bool(row.listed) for row in known}
    return _uses(connection, table.c.name, members=members, listed=listed)


def _roles(connection: Connection, members: Sequence[int]) -> tuple[Use, ...]:
    own, table = schema.people_roles, schema.appearances
    listed = dict.fromkeys(connection.scalars(select(own.c.role).where(own.c.person_id.in_(members))), True)
    return _uses(connection, table.c.described, members=members, listed=listed)


def _uses(
    connection: Connection, words: ColumnElement[str], *, members: Iterable[int], listed: dict[str, bool]
) -> tuple[Use, ...]:
    """What is used in appearances of these, the most frequent first; then what is only known."""
    table = schema.appearances
    n_statements = func.count().label("n_statements")
    query = (
        select(
            words.label("words"),
            n_statements,
            func.min(table.c.day).label("first"),
            func.max(table.c.day).label("last"),
        )
        .where(table.c.person_id.in_(members), words.is_not(None))
        .group_by(words)
        .order_by(n_statements.desc(), words)
    )
    used = [
        Use(row.words, row.n_statements, row.first, row.last, listed.pop(row.words, False))
        for row in connection.execute(query)
    ]
    return (*used, *(Use(name, 0, None, None, is_listed) for name, is_listed in sorted(listed.items())))
