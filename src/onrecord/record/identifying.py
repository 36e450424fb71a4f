"""Who is who across articles: every named speaker and via of a stored article becomes an appearance of somebody.

A full name that is known joins by itself, if kind and roles allow it; a new one makes a new person, and whom it may be
the same as is proposed, with the reason. What does not tell who is meant, such as a family name alone, makes nobody. In
the new version of an article a name stays whose it was in the old one, so that what people have decided stays decided.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)

from onrecord.reading.likeness import BEARERS, certain_key, kind_of_via, proper_name
from onrecord.reading.roles import role_in, titled, walks_of
from onrecord.record import schema
from onrecord.record.inserting import insert_rows
from onrecord.record.known import Candidate, Known, Newcomer, known_by_keys, make_people, note_names
from onrecord.record.proposing import may_be_same, propose, propose_bearers_of_titles, undecided_among
from onrecord.record.rows import Found, Values
from onrecord.statement import LinkRole, SpeakerKind


@dataclass(frozen=True, slots=True)
class _Mention:
    """One place where an article's statements name somebody: the speaker, at position 0, or a via, from 1."""

    statement_id: int
    position: int
    name: str
    proper: str
    kind: SpeakerKind
    role: LinkRole
    described: str | None
    day: date | None

    @property
    def place(self) -> "Place":
        """Where it is, and what stands there."""
        return self.statement_id, self.position, self.kind, self.name


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Somebody whom one article names, with every mention."""

    kind: SpeakerKind
    name: str
    key: str | None
    mentions: list[_Mention] = field(default_factory=list)

    @property
    def roles(self) -> tuple[str, ...]:
        """What the article calls them."""
        return tuple(dict.fromkeys(m.described for m in self.mentions if m.described))

    @property
    def names(self) -> tuple[str, ...]:
        """Every way in which the article writes the name."""
        return tuple(dict.fromkeys((self.name, *(m.name for m in self.mentions))))


# Statement, position, kind and name.
Place = tuple[int, int, SpeakerKind, str]


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose each name was: at its place, by statement and position, and in the article, where it was one's alone.

    At a place it may be nobody's, and then stays so.
    """

    by_place: Mapping[Place, int | None]
    by_name: Mapping[tuple[SpeakerKind, str], int]

    def at(self, statement_id: int) -> list[list[int | str | None]]:
        """Who appeared in a statement: position, kind, name and person."""
        return [[*where[1:], person] for where, person in self.by_place.items() if where[0] == statement_id]


NOBODY = Owners({}, {})


def identify(connection: Connection, article_id: int, *, owners: Owners | None = None) -> None:
    """Notes who each named speaker and via of a stored article is, in the place of its old version if there was one.

    Where its statements have changed, `owners` are whose each name was before.
    """
    bearers = _bearers(_mentions(connection, article_id))
    owners = owners_before(connection, article_id) if owners is None else owners
    if owners.by_place:
        _take_out(connection, article_id)
    known = known_by_keys(connection, {bearer.key for bearer in bearers if bearer.key})
    is_new = [any(m.place not in owners.by_place for m in bearer.mentions) for bearer in bearers]
    people = [_owner(owners, bearer) for bearer in bearers]
    unknown = [n for n, person in enumerate(people) if is_new[n] and person is None]
    for n, person in zip(unknown, _known_as(connection, [bearers[n] for n in unknown], known=known), strict=True):
        people[n] = person
    met = [(person, bearers[n]) for n, person in enumerate(people) if is_new[n] and person is not None]
    _note_variants(connection, met, known=known)
    new = [n for n, bearer in enumerate(bearers) if is_new[n] and people[n] is None and bearer.key]
    for n, person in zip(new, _came_in(connection, [bearers[n] for n in new], known=known), strict=True):
        people[n] = person
    rows = [
        _values(mention, person_id=whose, article_id=article_id)
        for bearer, person in zip(bearers, people, strict=True)
        for mention in bearer.mentions
        if (whose := owners.by_place.get(mention.place, person)) is not None
    ]
    insert_rows(connection, schema.appearances, rows)


def _owner(owners: Owners, bearer: _Bearer) -> int | None:
    """Whose the name was before, anywhere in the article."""
    at_places = (owners.by_place.get(mention.place) for mention in bearer.mentions)
    return owners.by_name.get((bearer.kind, bearer.name)) or next(filter(None, at_places), None)


def _mentions(connection: Connection, article_id: int) -> list[_Mention]:
    """The speakers by their statements' order, then the vias."""
    rows = connection.execute(_NAMED, {"article": article_id}).all()
    speakers = [_mention(row, SpeakerKind(row.kind)) for row in rows if row.kind in BEARERS]
    kinds = {name: mention.kind for mention in speakers for name in (mention.name, mention.proper)}
    vias = [
        _mention(row, kind)
        for row in rows
        if row.position and (kind := kinds.get(row.name) or kind_of_via(row.proper or row.name))
    ]
    return [*speakers, *vias]


def _named() -> CompoundSelect[Any]:
    """Everybody whom an article's statements name, speakers at position 0, in the order in which they are met."""
    said, via, articles = schema.statements, schema.vias, schema.articles
    day = func.coalesce(said.c.said_start, articles.c.published).label("day")
    here = articles.c.id == bindparam("article")
    role = literal(LinkRole.SPEAKER.value).label("role")
    of_speakers = (
        select(said.c.id.label("statement_id"), literal(0).label("position"), said.c.speaker.label("name"),
               said.c.speaker_proper.label("proper"), said.c.speaker_kind.label("kind"), role, said.c.source, day,
               said.c.position.label("nth"))
        .join(articles, articles.c.id == said.c.article_id).where(here, said.c.speaker != "")
    )  # fmt: skip
    of_vias = (
        select(via.c.statement_id, via.c.position + 1, via.c.name, via.c.proper, null(), via.c.role, null(), day,
               via.c.statement_id)
        .join(said, said.c.id == via.c.statement_id).join(articles, articles.c.id == said.c.article_id).where(here)
    )  # fmt: skip
    return union_all(of_speakers, of_vias).order_by("nth", "position")


_NAMED = _named()


def _mention(row: Found, kind: SpeakerKind) -> _Mention:
    is_described = kind is SpeakerKind.PERSON and row.source
    return _Mention(
        statement_id=row.statement_id,
        position=row.position,
        name=row.name,
        proper=proper_name(row.proper or row.name, kind),
        kind=kind,
        role=LinkRole(row.role),
        described=role_in(row.source, row.name) if is_described else None,
        day=row.day,
    )


def _bearers(mentions: Sequence[_Mention]) -> list[_Bearer]:
    """The mentions put together by the name that is certain; those without one, by how they are written."""
    found: dict[tuple[SpeakerKind, str], _Bearer] = {}
    for mention in mentions:
        key = certain_key(mention.proper, mention.kind)
        same = (mention.kind, key or f"?{mention.name}")
        found.setdefault(same, _Bearer(mention.kind, mention.proper, key)).mentions.append(mention)
    return list(found.values())


def owners_of(connection: Connection, article_id: int) -> Owners:
    """Whose each name is in an article that was identified before."""
    found = owners_before(connection, article_id)
    nobody: dict[Place, int | None] = {mention.place: None for mention in _mentions(connection, article_id)}
    return Owners({**nobody, **found.by_place}, found.by_name)


def owners_before(connection: Connection, article_id: int) -> Owners:
    """Whose each name was before in an article, or in the version before it."""
    table, people, noted = schema.appearances, schema.people, schema.statements_as_read
    query = select(people.c.kind, table.c.statement_id, table.c.position, table.c.name, people.c.id)
    query = query.join(people, people.c.id == table.c.person_id).where(table.c.article_id.in_(_versions(article_id)))
    by_place: dict[Place, int | None] = {}
    by_name: dict[tuple[SpeakerKind, str], set[int]] = defaultdict(set)
    for row in connection.execute(query):
        kind = SpeakerKind(row.kind)
        by_place[row.statement_id, row.position, kind, row.name] = row.id
        for name in {row.name, proper_name(row.name, kind)}:
            by_name[kind, name].add(row.id)
    as_read = select(noted.c.statement_id, noted.c.people).where(noted.c.article_id == article_id)
    for noted_row in connection.execute(as_read):
        for place, kind, name, person in noted_row.people:
            by_place.setdefault((noted_row.statement_id, place, SpeakerKind(kind), name), person)
    return Owners(by_place, {name: ids.pop() for name, ids in by_name.items() if len(ids) == 1})


def _take_out(connection: Connection, article_id: int) -> None:
    """The appearances in it and in the version before leave, for they are of newest versions alone."""
    table = schema.appearances
    connection.execute(delete(table).where(table.c.article_id.in_(_versions(article_id))))


def _versions(article_id: int) -> Select[int]:
    """The article and the version before it."""
    articles = schema.articles
    return select(articles.c.id).where(or_(articles.c.id == article_id, articles.c.superseded_by == article_id))


def _known_as(connection: Connection, bearers: Sequence[_Bearer], *, known: Known) -> list[int | None]:
    """The person of the record that each certainly is; none where there is nobody."""
    allowed = [
        [person for person in known.people(bearer.key or "", bearer.kind) if person.allows(walks_of(bearer.roles))]
        for bearer in bearers
    ]
    undecided = undecided_among(connection, chain(*(same for same in allowed if len(same) > 1)))
    chosen = [may_be_same(same_name, undecided=undecided) for same_name in allowed]
    _note_walks(connection, [(person, bearer) for person, bearer in zip(chosen, bearers, strict=True) if person])
    people = [person.id if person else None for person in chosen]
    titles = {n: title for n, bearer in enumerate(bearers) if (title := _title(bearer))}
    called = propose_bearers_of_titles(connection, [(title, bearers[n].name) for n, title in titles.items()])
    for n, person in zip(titles, called, strict=True):
        people[n] = person
    return people


def _note_walks(connection: Connection, met: Sequence[tuple[Candidate, _Bearer]]) -> None:
    """Adds the walks of life that the article tells of to those who were met."""
    told = [(person, walks_of(bearer.roles)) for person, bearer in met]
    rows = [{"this": one.id, "walks": sorted(walks | one.walks)} for one, walks in told if not walks <= one.walks]
    if rows:
        connection.execute(update(schema.people).where(schema.people.c.id == bindparam("this")), rows)


def _came_in(connection: Connection, bearers: Sequence[_Bearer], *, known: Known) -> list[int]:
    """Makes a person of each, and proposes whom they may be the same as; the ids, in their order."""
    newcomers = [Newcomer(bearer.kind, bearer.names, walks_of(bearer.roles)) for bearer in bearers]
    ids = make_people(connection, newcomers)
    same_name = {
        number: [other.id for other in known.people(bearer.key or "", bearer.kind)]
        for number, bearer in zip(ids, bearers, strict=True)
    }
    propose(connection, dict(zip(ids, newcomers, strict=True)), same_name=same_name)
    return ids


def _title(bearer: _Bearer) -> str | None:
    """By which somebody goes who is called by it and the family name alone: "Senator Falk"."""
    if bearer.key is not None or bearer.kind is not SpeakerKind.PERSON:
        return None
    return next((role for role in bearer.roles if titled(role)), None)


def _note_variants(connection: Connection, met: Sequence[tuple[int, _Bearer]], *, known: Known) -> None:
    """Adds those ways of writing a name that the person was not met under."""
    new = [
        (person, bearer.kind, name)
        for person, bearer in met
        for name in bearer.names
        if not known.has(person, name) and certain_key(name, bearer.kind)
    ]
    note_names(connection, new)


def _values(mention: _Mention, *, person_id: int, article_id: int) -> Values:
    return {
        "person_id": person_id,
        "statement_id": mention.statement_id,
        "position": mention.position,
        "article_id": article_id,
        "role": mention.role.value,
        "name": mention.name,
        "described": mention.described,
        "day": mention.day,
    }
