"""Words and meaning together: each gives a list of statements, and what stands high in several stands first.

The lists are bounded, so that a rank is the same for every page of one search. Words stay decisive where somebody was
strict: what lacks a "phrase" or has a -word does not come back for what it means.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import BindParameter, Connection, bindparam, select

from onrecord.reading.vectors import Projector
from onrecord.record import schema
from onrecord.record.meaning import Near, nearest, nearest_among
from onrecord.record.meant import NOBODY, Meant, meant, spoken
from onrecord.record.query import Query
from onrecord.record.words import words_of
from onrecord.statement import FoundBy, SpeakerKind

if TYPE_CHECKING:
    from onrecord.record.search import Sought

# Of each list so many; of both, and a speaker's own, three times as many at most.
MAX_LIST = 300
# What is less alike was hardly looked for: on articles held out of learning (training/vectors.py) half of the contents
# lie below it that have nothing to do with some words, and one in a hundred of those that have these words.
MIN_LIKENESS = 0.2
# How much standing first counts beside standing tenth; the value of Cormack, Clarke and Büttcher (2009).
_EVENNESS = 60
_FIRST_CHUNK = 500
_LONGEST_NAME = 3
_STATEMENTS = schema.statements


@dataclass(frozen=True, slots=True)
class Ranked:
    """A statement in its place: the lower the score, the earlier."""

    score: float
    id: int
    found_by: FoundBy


def ranked(connection: Connection, sought: "Sought", projector: Projector) -> list[Ranked]:
    """What is found by meaning and, where their ranks are given, by words, in one order."""
    by_words = connection.scalars(sought.words.limit(MAX_LIST)).all() if sought.words is not None else ()
    return fused(by_words, lists_by_meaning(connection, sought, projector))


def fused(words: Sequence[int], meant: Iterable[Sequence[int]]) -> list[Ranked]:
    """One list of several, by reciprocal ranks; of two that score the same the older first."""
    scores: dict[int, float] = {}
    lists = [words, *meant]
    for ids in lists:
        for place, number in enumerate(ids, start=1):
            scores[number] = scores.get(number, 0.0) - 1 / (_EVENNESS + place)
    by_words, by_meaning = set(words), {number for ids in lists[1:] for number in ids}

    def found_by(number: int) -> FoundBy:
        if number not in by_meaning:
            return FoundBy.WORDS
        return FoundBy.BOTH if number in by_words else FoundBy.MEANING

    return sorted((Ranked(score, n, found_by(n)) for n, score in scores.items()), key=lambda one: (one.score, one.id))


def lists_by_meaning(connection: Connection, sought: "Sought", projector: Projector) -> list[list[int]]:
    """The statements that mean something like it; and, where it names a speaker, of this one's own."""
    vector = projector.vector(sought.text)
    if vector is None:
        return []
    if sought.speaker:
        return [_passing(connection, nearest_among(connection, vector, chosen=sought.chosen), sought)]
    found = [_passing(connection, nearest(connection, vector, cells=projector.cells), sought)]
    named = speaker_within(connection, sought.query)
    rest = projector.vector(named.rest) if named else None
    if named and rest:
        own = nearest_among(connection, rest, chosen=sought.chosen.where(spoken(named.speaker)))
        found.append(_passing(connection, own, sought))
    return found


def _passing(connection: Connection, near: Near, sought: "Sought") -> list[int]:
    """The first of these that may be found, and that the strict part of the query does not rule out."""
    ids = near.ids[near.likeness >= MIN_LIKENESS].tolist()
    kept: list[int] = []
    start, size = 0, _FIRST_CHUNK
    while start < len(ids) and len(kept) < MAX_LIST:
        chunk = ids[start : start + size]
        # Written into the question: so many parameters cost more than the answer.
        these: BindParameter[list[int]] = bindparam("these", chunk, expanding=True, literal_execute=True)
        passing = set(connection.scalars(sought.chosen.where(_STATEMENTS.c.id.in_(these))))
        if strict := sought.query.strict():
            passing &= _matching(connection, strict, chunk)
        if sought.query.without:
            passing -= _matching(connection, Query((sought.query.without,)), chunk)
        kept += [number for number in chunk if number in passing]
        start, size = start + size, 2 * size
    return kept[:MAX_LIST]


def _matching(connection: Connection, query: Query, ids: Sequence[int]) -> set[int]:
    """Those of these statements that match by their words."""
    found = words_of(connection).matching(connection, query).subquery()
    return set(connection.scalars(select(found.c.id).where(found.c.id.in_(ids))))


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker whom a query names, and what else the query says."""

    speaker: Meant
    rest: str


def speaker_within(connection: Connection, query: Query) -> Named | None:
    """The person whom some words of the query name, if others are left: "falk gates" asks what Falk says of gates.

    The most words that are a name, its family name among them, count; of several names the first.
    """
    words = [group[0].words for group in query.groups if len(group) == 1 and not (group[0].phrase or group[0].prefix)]
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            speaker = meant(connection, name, kind=SpeakerKind.PERSON) if not name.isdecimal() else NOBODY
            if any(_ends(one, name) for one in speaker.known_as):
                rest = [*words[:start], *words[start + size :]]
                return Named(speaker, " ".join(rest)) if rest else None
    return None


def _ends(name: str, typed: str) -> bool:
    """Whether a family name is among what was typed."""
    return name.casefold().endswith(typed.casefold().split()[-1])
