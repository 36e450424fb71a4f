"""A speaker's positions on a topic, asked of the record: how each sentence is put, and which stand beside each other.

The statements are those that `said` finds by words and, where a projector is given, those of the same speaker that mean
something near. Of each the sentence counts that has the words. Copies of one utterance are one position, at their
first day. Nothing is kept: the rules may change, and what they read is in the record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, func, select

from onrecord.reading.sentences import sentences
from onrecord.record import schema
from onrecord.record.hits import Hit
from onrecord.record.meant import NOBODY, Meant
from onrecord.record.schema_tracing import quotations
from onrecord.record.search import Filters, said, search
from onrecord.span import Span
from onrecord.statement import FoundBy, SpeakerKind, Statement, Vector
from onrecord.tracing.positions import Pair, Position, contained, pairs_of, weights_of
from onrecord.tracing.stance import stance_in
from onrecord.tracing.stances import Stance
from onrecord.tracing.words import words_of

if TYPE_CHECKING:
    from onrecord.reading.vectors import Projector

DEFAULT_LIMIT = 50
# Of one speaker on one topic so many statements are looked at, the earliest.
MAX_STATEMENTS = 1_000
MAX_BY_MEANING = 100
# What a statement has to have in common with the topic in meaning, where it has none of its words: a cosine. Set by
# reading what two topics of PolNeAR's articles bring: below it most is about something else.
MIN_NEARNESS = 0.45
# Copies of one family, and statements inside one another, have so much of the shorter one's words in common.
SAME_UTTERANCE = 0.6
INSIDE = 0.9
_NAMELESS = frozenset({SpeakerKind.UNNAMED, SpeakerKind.DOCUMENT})
AT_ONCE = 500
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Stated:
    """A position: a sentence of a statement and its stance. `words` is the sentence in one line.

    `shown` are the places in `words` of those that show the stance; `by_cue` says that the cue shows it, too.
    `copies` are the numbers of other statements that print the same; `outlets` are all that have it.
    """

    hit: Hit
    words: str
    stance: Stance
    shown: tuple[Span, ...]
    by_cue: bool
    matched: tuple[Span, ...] = ()
    outlets: tuple[str, ...] = ()
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Positions:
    """Positions in time, and pairs of them by their places. `n_more` are left out at the end.

    `n_without` statements on the topic take none: they ask, or only name it. `is_cut` says that there are more
    statements than are looked at. `meant` is whoever was asked for, `understood` whether there was a word to look for.
    """

    stated: tuple[Stated, ...] = ()
    pairs: tuple[Pair, ...] = ()
    n_more: int = 0
    n_without: int = 0
    is_cut: bool = False
    meant: Meant = NOBODY
    understood: bool = True


@dataclass(slots=True)
class _Utterance:
    """What was said once, with what it is compared by."""

    stated: Stated
    position: Position
    families: frozenset[int]
    weights: Mapping[str, float]


def positions(
    connection: Connection,
    who: str,
    *,
    about: str,
    filters: Filters = NO_FILTERS,
    projector: "Projector | None" = None,
    limit: int = DEFAULT_LIMIT,
) -> Positions:
    """The positions of whoever is meant on a topic, the earliest first, and which stand beside each other."""
    page = said(connection, who, about=about, filters=filters, limit=MAX_STATEMENTS)
    hits = {hit.id: hit for hit in page.hits}
    if projector is not None and page.meant and page.understood:
        hits |= {hit.id: hit for hit in _near(connection, who, about, filters, projector) if hit.id not in hits}
    in_time = sorted(hits.values(), key=lambda hit: (hit.day or date.max, hit.id))
    utterances = list(_utterances(connection, in_time))
    n_silent = len(in_time) - len({number for one in utterances for number in (one.stated.hit.id, *one.stated.copies)})
    shown = utterances[:limit]
    pairs = pairs_of([one.position for one in shown], topic=about)
    return Positions(
        stated=tuple(one.stated for one in shown),
        pairs=tuple(pairs),
        n_more=len(utterances) - len(shown),
        n_without=n_silent,
        is_cut=page.after is not None,
        meant=page.meant,
        understood=page.understood,
    )


def _near(connection: Connection, who: str, about: str, filters: Filters, projector: "Projector") -> list[Hit]:
    """Statements of whoever is meant that mean something near the topic."""
    topic = projector.vector(about)
    if topic is None:
        return []
    by = FoundBy.MEANING
    page = search(connection, about, speaker=who, filters=filters, by=by, projector=projector, limit=MAX_BY_MEANING)
    vectors = _vectors(connection, [hit.id for hit in page.hits])
    return [hit for hit in page.hits if hit.id in vectors and _cosine(vectors[hit.id], topic) >= MIN_NEARNESS]


def _cosine(one: Vector, other: Vector) -> float:
    a, b = (np.frombuffer(vector.numbers, dtype=np.int8).astype(np.float32) for vector in (one, other))
    return float(a @ b / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-9))


def _utterances(connection: Connection, hits: Sequence[Hit]) -> Iterator[_Utterance]:
    """What was said, each once, with all that print it, in the order of their first days."""
    ids = [hit.id for hit in hits]
    vectors, families, speakers = _vectors(connection, ids), _families(connection, ids), _speakers(connection, hits)
    by_words: dict[tuple[str | None, tuple[str, ...]], _Utterance] = {}
    found: list[_Utterance] = []
    for hit in hits:
        for stated, position in _stated(hit, speaker=speakers.get(hit.id), vector=vectors.get(hit.id)):
            one = _Utterance(stated, position, families.get(hit.id, frozenset()), weights_of(position))
            key = position.speaker, _said(position)
            same = by_words.get(key) or next((other for other in found if _is_same(one, other)), None)
            if same:
                same.stated = _with_copy(same.stated, hit)
            else:
                by_words[key] = one
                found.append(one)
    yield from found


def _is_same(one: _Utterance, other: _Utterance) -> bool:
    """Whether both print one utterance: by their family, or since one statement of the report lies in the other."""
    if one.position.speaker is None or one.position.speaker != other.position.speaker:
        return False
    if one.position.article == other.position.article:
        ours, theirs = one.stated.hit.statement.content, other.stated.hit.statement.content
        is_inside = any(span.meets(content) for span in ours for content in theirs)
        return is_inside and contained(one.weights, other.weights) >= INSIDE
    return not one.families.isdisjoint(other.families) and contained(one.weights, other.weights) >= SAME_UTTERANCE


def _said(position: Position) -> tuple[str, ...]:
    """The words as copies are compared: without regard to case, marks and contractions."""
    return tuple(word.folded for word in words_of(position.text, position.sentence))


def _with_copy(stated: Stated, hit: Hit) -> Stated:
    copies = dict.fromkeys((*stated.copies, hit.id))
    copies.pop(stated.hit.id, None)
    outlets = tuple(dict.fromkeys((*stated.outlets, *hit.outlets)))
    return replace(stated, copies=tuple(copies), outlets=outlets)


def _stated(hit: Hit, *, speaker: str | None, vector: Vector | None) -> Iterator[tuple[Stated, Position]]:
    """The sentences that have the topic's words and take a stance; where none has the words, the first that does."""
    text, statement = _as_text(hit)
    start = statement.content[0].start
    done = False
    for sentence in sentences(text, statement.content):
        matched = tuple(
            Span(m.start + start - sentence.start, m.end + start - sentence.start)
            for m in hit.matched
            if sentence.holds(Span(m.start + start, m.end + start))
        )
        if (hit.matched and not matched) or (done and not hit.matched):
            continue
        if stance := stance_in(text, sentence, statement=statement):
            done = True
            position = Position(text, sentence, stance, speaker, f"{hit.path}\n{hit.article}", hit.day, vector)
            yield _shown(hit, position, matched=matched), position


def _shown(hit: Hit, position: Position, *, matched: tuple[Span, ...]) -> Stated:
    sentence, shown = position.sentence, position.stance.shown
    inside = tuple(
        Span(span.start - sentence.start, span.end - sentence.start) for span in shown if sentence.holds(span)
    )
    return Stated(
        hit=hit,
        words=sentence.of(position.text),
        stance=position.stance,
        shown=inside,
        by_cue=len(inside) < len(shown),
        matched=matched,
        outlets=hit.outlets,
    )


def _as_text(hit: Hit) -> tuple[str, Statement]:
    """Source, cue and content as a text of their own, and the statement with its spans in it."""
    cue = len(hit.source) + 1
    content = cue + len(hit.cue) + 1
    text = f"{hit.source}\n{hit.cue}\n{hit.content}"
    return text, replace(
        hit.statement,
        source=(Span(0, len(hit.source)),) if hit.source else (),
        cue=(Span(cue, cue + len(hit.cue)),) if hit.cue else (),
        content=(Span(content, len(text)),),
    )


def _speakers(connection: Connection, hits: Sequence[Hit]) -> dict[int, str]:
    """Who says it: the person, whatever the name is; else the name; nobody for a nameless speaker or a document."""
    people, seen = schema.people, schema.appearances
    known: dict[int, str] = {}
    for hit in hits:
        speaker = hit.statement.speaker
        if speaker and speaker.kind not in _NAMELESS:
            known[hit.id] = speaker.proper or speaker.name
    for ids in _parts(list(known)):
        leader = func.coalesce(people.c.merged_into, people.c.id)
        query = select(seen.c.statement_id, leader).join(people, people.c.id == seen.c.person_id)
        rows = connection.execute(query.where(seen.c.position == 0, seen.c.statement_id.in_(ids)))
        known |= {row[0]: f"#{row[1]}" for row in rows}
    return known


def _vectors(connection: Connection, ids: Sequence[int]) -> dict[int, Vector]:
    vectors = schema.vectors
    rows = (
        row
        for part in _parts(ids)
        for row in connection.execute(select(vectors).where(vectors.c.statement_id.in_(part)))
    )
    return {row.statement_id: Vector(row.projection, row.cell, row.numbers) for row in rows}


def _families(connection: Connection, ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """The families of what statements quote, where tracing has placed it."""
    q = quotations.c
    found: dict[int, set[int]] = {}
    for part in _parts(ids):
        query = select(q.statement_id, q.family_id).where(q.statement_id.in_(part), q.family_id.is_not(None))
        for number, family in connection.execute(query):
            found.setdefault(number, set()).add(family)
    return {number: frozenset(families) for number, families in found.items()}


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
