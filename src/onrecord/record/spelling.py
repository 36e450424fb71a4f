"""Names that an article spells otherwise than many articles of a record do.

A name is taken for another one's misspelling only if the record has the other in many articles and this one in none,
both are names of the same kind, and all their words are the same but one, of which they are two spellings. Of a person
that word is never the first one: Jon Falk need not be John. Who is spelt in both ways in the article is left to the
finding on that.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, distinct, func, or_, select

from onrecord.checking.findings.names import are_spellings
from onrecord.checking.material import Material
from onrecord.checking.outlets import cited
from onrecord.checking.report import Code, Finding
from onrecord.outlets import outlet_named
from onrecord.record import schema
from onrecord.span import Span
from onrecord.statement import SpeakerKind

_NAMES, _APPEARANCES, _PEOPLE = schema.people_names.c, schema.appearances.c, schema.people.c
MANY = 5  # articles that have a name make it well known
_KINDS = {SpeakerKind.PERSON: ("person",), SpeakerKind.OUTLET: ("outlet", "organisation")}


@dataclass(frozen=True, slots=True)
class _Named:
    """A name of the article, of a person or an outlet, where it first stands."""

    name: str
    kind: SpeakerKind
    span: Span


def misspelt(connection: Connection, material: Material, *, without: Collection[int]) -> Iterator[Finding]:
    """The names of people who speak and of outlets cited that the record has otherwise."""
    for named in _names(material):
        if outlet_named(named.name) or _n_articles(connection, named.name, without=without):
            continue
        for proper, n_articles in _alike(connection, named, without=without):
            if proper not in material.article.text:
                message = (
                    f"“{named.name}” may be a misspelling: {n_articles} articles of the record have “{proper}” "
                    "and none has this."
                )
                home = material.sentence_at(named.span.start) or named.span
                evidence = (material.words(home), proper)
                yield Finding(Code.NAME_MISSPELT, (named.span,), message, evidence, 0.7)
                break


def _names(material: Material) -> Iterator[_Named]:
    text, told = material.article.text, set[str]()
    for statement in material.statements:
        speaker = statement.speaker
        if speaker and speaker.kind is SpeakerKind.PERSON and " " in speaker.name and speaker.name not in told:
            place = text.find(speaker.name)
            told.add(speaker.name)
            if place >= 0:
                yield _Named(speaker.name, SpeakerKind.PERSON, Span(place, place + len(speaker.name)))
    for mention in cited(material):
        place = text.find(mention.name)
        if " " in mention.name and place >= 0:
            yield _Named(mention.name, SpeakerKind.OUTLET, Span(place, place + len(mention.name)))


def _n_articles(connection: Connection, name: str, *, without: Collection[int]) -> int:
    """In how many articles somebody is called so."""
    query = select(func.count(distinct(_APPEARANCES.article_id))).where(_APPEARANCES.name == name)
    named = query.where(_APPEARANCES.person_id.in_(select(_NAMES.person_id).where(_NAMES.name == name)))
    return connection.scalar(named.where(_APPEARANCES.article_id.not_in(without))) or 0


def _alike(connection: Connection, named: _Named, *, without: Collection[int]) -> list[tuple[str, int]]:
    """The well-known names of the same kind that differ in the spelling of one word, the best known first."""
    first, _, _ = named.name.partition(" ")
    last = named.name.rpartition(" ")[2]
    begins = _NAMES.name.startswith(f"{first} ", autoescape=True)
    is_person = named.kind is SpeakerKind.PERSON
    near = begins if is_person else or_(begins, _NAMES.name.endswith(f" {last}", autoescape=True))
    query = (
        select(_NAMES.name)
        .distinct()
        .join(schema.people, _PEOPLE.id == _NAMES.person_id)
        .where(near, _PEOPLE.kind.in_(_KINDS[named.kind]))
    )
    names = [name for name in connection.scalars(query) if _is_spelling(named.name, name, is_person=is_person)]
    counts = [(name, _n_articles(connection, name, without=without)) for name in names]
    return sorted((pair for pair in counts if pair[1] >= MANY), key=lambda pair: -pair[1])


def _is_spelling(name: str, other: str, *, is_person: bool) -> bool:
    ours, theirs = name.split(), other.split()
    if len(ours) != len(theirs):
        return False
    differing = [(n, a, b) for n, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    return len(differing) == 1 and are_spellings(*differing[0][1:]) and not (is_person and differing[0][0] == 0)
