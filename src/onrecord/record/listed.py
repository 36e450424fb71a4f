"""Authority lists: people whom somebody else keeps a list of, linked to the people of the record.

Whoever bears a listed name, and nobody else does, is linked: gets the list's id, the other names and the roles. Where
several may be meant, or nobody is known yet, the list's own entry becomes a person, and whom it may be is proposed. The
list's names count from then on: an article that uses one names that person.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from onrecord.reading.likeness import certain_key
from onrecord.reading.roles import walks_of
from onrecord.record import schema
from onrecord.record.known import Candidate, Newcomer, insert_people, known_by_keys, note_names
from onrecord.record.proposing import propose
from onrecord.statement import SpeakerKind


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of an authority list; `id` is the list's own."""

    id: str
    kind: SpeakerKind
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


class Linked(StrEnum):
    """With what linking an entry ends.

    Proposed is one who may be somebody whom the record knows already; new is one whom it does not know.
    """

    LINKED = "linked"
    NEW = "new"
    PROPOSED = "proposed"
    UNCHANGED = "unchanged"


def link(connection: Connection, listed: Listed) -> Linked:
    """Links an entry to the person that it certainly is, else makes it a person of its own."""
    people = schema.people
    known = connection.scalar(select(people.c.id).where(people.c.authority == listed.id).order_by(people.c.id))
    if known is not None:
        return Linked.LINKED if _complete(connection, listed, person_id=known) else Linked.UNCHANGED
    walks = walks_of(listed.roles)
    same_name = _bearers(connection, listed)
    if len(same_name) == 1 and same_name[0].allows(walks):
        (person,) = same_name
        taken = connection.scalar(select(people.c.authority).where(people.c.id == person.leader))
        if taken is None:
            values = {"authority": listed.id, "walks": sorted(walks | person.walks)}
            connection.execute(update(people).where(people.c.id == person.leader).values(values))
            _complete(connection, listed, person_id=person.leader)
            return Linked.LINKED
    newcomer = Newcomer(listed.kind, tuple(dict.fromkeys((listed.name, *listed.aliases))), walks)
    (person_id,) = insert_people(connection, [newcomer])
    connection.execute(update(people).where(people.c.id == person_id).values(authority=listed.id))
    _complete(connection, listed, person_id=person_id)
    n_proposed = propose(connection, {person_id: newcomer}, same_name={person_id: [one.id for one in same_name]})
    return Linked.PROPOSED if n_proposed else Linked.NEW


def _bearers(connection: Connection, listed: Listed) -> list[Candidate]:
    """Everybody in the record who bears one of the listed names; a listed body may be an outlet there."""
    kinds = {listed.kind} if listed.kind is SpeakerKind.PERSON else {SpeakerKind.ORGANISATION, SpeakerKind.OUTLET}
    keys = {
        kind: {key for name in (listed.name, *listed.aliases) if (key := certain_key(name, kind))} for kind in kinds
    }
    known = known_by_keys(connection, set().union(*keys.values()))
    found = {person.leader: person for kind in kinds for key in keys[kind] for person in known.people(key, kind)}
    return [found[leader] for leader in sorted(found)]


def _complete(connection: Connection, listed: Listed, *, person_id: int) -> bool:
    """Gives a person the names and roles of the list; whether there were new ones."""
    own, roles = schema.people_names, schema.people_roles
    names = (listed.name, *listed.aliases)
    noted = set(connection.scalars(select(own.c.name).where(own.c.person_id == person_id, own.c.listed.is_(True))))
    held = set(connection.scalars(select(roles.c.role).where(roles.c.person_id == person_id)))
    note_names(connection, [(person_id, listed.kind, name) for name in names], listed=True)
    connection.execute(update(own).where(own.c.person_id == person_id, own.c.name.in_(names)).values(listed=True))
    new_roles = [role for role in dict.fromkeys(listed.roles) if role not in held]
    if new_roles:
        connection.execute(insert(roles), [{"person_id": person_id, "role": role} for role in new_roles])
    return bool(new_roles) or not noted.issuperset(names)
