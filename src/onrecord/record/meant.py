"""Whom somebody means by a name, a part of one, or a number: the people of the record, and names that are nobody's.

A name means the people who bear it, under whatever name an article has them, and besides every speaker whose name has
the words: a family name alone may be nobody's in particular. A number is one person's, and nobody else is meant.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select, union

from onrecord.errors import UsageError
from onrecord.record import schema
from onrecord.record.called import names_with, speakers_by_kind
from onrecord.record.deciding import members_of
from onrecord.record.known import members
from onrecord.record.people import bearers
from onrecord.record.rows import Found
from onrecord.statement import SpeakerKind

_LARGEST_NUMBER = 2**63 - 1
_HUMAN = {SpeakerKind.PERSON.value, SpeakerKind.AUTHOR.value}
_STATEMENTS, _APPEARANCES = schema.statements, schema.appearances


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom somebody means: nobody if it is false.

    `names` are those all of whose statements are meant, the most quoted first; `people`, with their numbers and names,
    those whose statements are meant under any name; `members` are the numbers of all who are taken for one of them, and
    `borne` the names under which articles have them.
    """

    names: tuple[str, ...] = ()
    people: tuple[tuple[int, str], ...] = ()
    members: tuple[int, ...] = ()
    borne: tuple[str, ...] = ()

    @property
    def known_as(self) -> tuple[str, ...]:
        """All names under which the record has whoever is meant."""
        return tuple(dict.fromkeys((*self.names, *self.borne)))

    def __bool__(self) -> bool:
        return bool(self.names or self.people)


NOBODY = Meant()


def meant(connection: Connection, who: str, *, kind: SpeakerKind | None = None) -> Meant:
    """Whom these words, or this number, mean.

    Where people are called so it is they, not their campaigns and ministries: for those name the kind, or say more.
    Raises UsageError where the words are part of too many names.
    """
    if who.strip().isdecimal():
        return _numbered(connection, int(who))
    named = names_with(connection, who)
    counts = speakers_by_kind(connection, named)
    found = _speaking(connection, bearers(connection, who, also=named))
    kinds = {kind.value} if kind else _preferred({row.kind for row in found}.union(*counts.values()))
    totals = Counter({name: sum(n for one, n in its.items() if one in kinds) for name, its in counts.items()})
    names = sorted((name for name, n in totals.items() if n), key=lambda name: (-totals[name], name))
    return _meant(connection, names, {row.id: row.name for row in found if row.kind in kinds})


def spoken(who: Meant) -> ColumnElement[bool]:
    """Whether a statement is one of theirs."""
    by_name = [
        select(_STATEMENTS.c.id).where(column.in_(who.names), _STATEMENTS.c.speaker_kind != SpeakerKind.UNNAMED.value)
        for column in (_STATEMENTS.c.speaker, _STATEMENTS.c.speaker_proper)
    ]
    theirs = and_(_APPEARANCES.c.person_id.in_(who.members), _APPEARANCES.c.position == 0)
    by_person = [select(_APPEARANCES.c.statement_id).where(theirs)]
    either = union(*(by_name if who.names else ()), *(by_person if who.members else ()))
    # In order, so that PostgreSQL, where the latest are asked for, looks up these alone.
    return _STATEMENTS.c.id.in_(either.order_by(either.selected_columns[0].desc()))


def _speaking(connection: Connection, leaders: Collection[int]) -> Sequence[Found]:
    """The rows of those of these people, or of who is merged into them, who are quoted themselves."""
    if not leaders:
        return ()
    people, member = schema.people, schema.people.alias()
    of_theirs = or_(member.c.id == people.c.id, member.c.merged_into == people.c.id)
    speaks = select(member.c.id).join(_APPEARANCES, _APPEARANCES.c.person_id == member.c.id)
    speaks = speaks.where(of_theirs, _APPEARANCES.c.position == 0).correlate(people)
    return connection.execute(
        select(people).where(people.c.id.in_(leaders), speaks.exists()).order_by(people.c.id)
    ).all()


def _numbered(connection: Connection, number: int) -> Meant:
    """The person with this number, or whom it was merged into; nobody where there is none."""
    if number > _LARGEST_NUMBER:
        return NOBODY
    try:
        leader = members_of(connection, number)[0]
    except UsageError:
        return NOBODY
    name = connection.scalar(select(schema.people.c.name).where(schema.people.c.id == leader)) or ""
    return _meant(connection, (), {leader: name})


def _meant(connection: Connection, names: Iterable[str], people: dict[int, str]) -> Meant:
    everyone = members(connection, list(people)) if people else []
    used = select(_APPEARANCES.c.name).where(_APPEARANCES.c.person_id.in_(everyone)).distinct()
    borne = sorted(connection.scalars(used)) if everyone else []
    return Meant(tuple(names), tuple(people.items()), tuple(everyone), tuple(borne))


def _preferred(kinds: set[str]) -> set[str]:
    """People where there are any, else whoever there is."""
    return kinds & _HUMAN or kinds
