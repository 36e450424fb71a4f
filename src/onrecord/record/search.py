"""Statements found: what somebody said, in the order of time, and what the record has on some words, by rank.

A page of either ends with a token by which the next one is asked for. It holds where the page ended, not how many
pages there were, so that nothing is shown twice or left out when something is added in between.
"""

import base64
import binascii
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Date, Select, and_, func, literal, or_, select

from onrecord.errors import UsageError, shown
from onrecord.record import schema
from onrecord.record.called import outlets_called
from onrecord.record.hits import Hit, hits_of
from onrecord.record.meant import NOBODY, Meant, meant, spoken
from onrecord.record.query import Query, running, understood
from onrecord.record.words import words_of
from onrecord.statement import Act, Form, FoundBy, SpeakerKind

if TYPE_CHECKING:
    from onrecord.reading.vectors import Projector

DEFAULT_LIMIT = 20
_STATEMENTS, _ARTICLES = schema.statements, schema.articles
# Said on a day that is known, else published on one; what has neither stands last.
_DAY = func.coalesce(_STATEMENTS.c.said_start, _ARTICLES.c.published, literal(date.max, Date))
Chosen = Select[Any]
End = tuple[str | float, int]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a statement has to be; none leaves it open. `since` and `until` are days, both included.

    The day is that of the saying, else that of the publication: what has neither is left out where one is asked for.
    """

    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    kind: SpeakerKind | None = None
    form: Form | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was found; `after` asks for what comes next, none at the end.

    `meant` is whoever was asked for, `understood` whether there was a word to look for, or none was asked for. `found`
    are the ids of all that the pages of this search show, or a query that has them as its first column.
    """

    hits: tuple[Hit, ...] = ()
    after: str | None = None
    meant: Meant = NOBODY
    understood: bool = True
    found: Chosen | tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for by more than words: the query, and the same as running words.

    `chosen` are the ids of the statements that may be found; `speaker` who was asked for; `words` the ids of those that
    match by their words, the best first, where these count.
    """

    query: Query
    text: str
    chosen: Chosen
    speaker: Meant = NOBODY
    words: Chosen | None = None


def said(
    connection: Connection,
    who: str,
    *,
    about: str | None = None,
    filters: Filters = Filters(),
    limit: int = DEFAULT_LIMIT,
    after: str | None = None,
) -> Page:
    """What whoever is meant said, about that if it is given, the earliest first.

    Copies of one article's statement are one, with the names of their outlets. Raises UsageError for a bad token.
    """
    query = understood(about) if about is not None else None
    speaker = meant(connection, who, kind=filters.kind)
    if not speaker or (query is not None and not query):
        return Page(meant=speaker, understood=query is None or bool(query))
    chosen = passing(connection, filters, speaker=speaker)
    if query:
        found = words_of(connection).about(connection, query, names=speaker.known_as).subquery()
        chosen = chosen.join(found, found.c.id == _STATEMENTS.c.id)
    # Of copies the first one speaks for all: the same words of the same speaker, in one group of articles.
    same = (func.coalesce(_ARTICLES.c.copy_group, _ARTICLES.c.id), _STATEMENTS.c.speaker, _STATEMENTS.c.content)
    nth = func.row_number().over(partition_by=same, order_by=(_DAY, _STATEMENTS.c.id)).label("nth")
    one = chosen.add_columns(_DAY.label("day"), nth).subquery()
    first = select(one.c.id, one.c.day).where(one.c.nth == 1).order_by(one.c.day, one.c.id)
    beyond = first if after is None else first.where(_beyond((one.c.day, one.c.id), _token(after, str)))
    rows = connection.execute(beyond.limit(limit + 1)).all()
    ends = [(row.day.isoformat(), row.id) for row in rows]
    return replace(_page(connection, ends, limit=limit, query=query, speaker=speaker), found=first)


def search(  # noqa: PLR0913 - one for each option of the command
    connection: Connection,
    text: str,
    *,
    speaker: str | None = None,
    filters: Filters = Filters(),
    by: FoundBy = FoundBy.BOTH,
    projector: "Projector | None" = None,
    limit: int = DEFAULT_LIMIT,
    after: str | None = None,
) -> Page:
    """The statements that have these words, in what is said or around it, or mean the like, the likeliest first.

    Without a projector they are found by words alone. Raises UsageError for a bad token.
    """
    query = understood(text)
    who = meant(connection, speaker, kind=filters.kind) if speaker is not None else NOBODY
    if not query or (speaker is not None and not who):
        return Page(meant=who, understood=bool(query))
    chosen = passing(connection, filters, speaker=who)
    if by is FoundBy.MEANING and projector is not None:
        return _fused(connection, Sought(query, running(text), chosen, who), projector, limit=limit, after=after)
    narrowed = bool(who) or filters != Filters()
    found = _ranked(connection, query, names=who.known_as, chosen=chosen if narrowed else None)
    if by is FoundBy.BOTH and projector is not None:
        sought = Sought(query, running(text), chosen, who, words=found)
        return _fused(connection, sought, projector, limit=limit, after=after)
    columns = found.selected_columns
    beyond = found if after is None else found.where(_beyond((columns.rank, columns.id), _token(after, float)))
    rows = connection.execute(beyond.limit(limit + 1)).all()
    page = _page(connection, [(row.rank, row.id) for row in rows], limit=limit, query=query, speaker=who)
    return replace(page, hits=tuple(replace(hit, found_by=FoundBy.WORDS) for hit in page.hits), found=found)


def _fused(connection: Connection, sought: Sought, projector: "Projector", *, limit: int, after: str | None) -> Page:
    """What is found by meaning and, where their ranks are given, by words, in one order."""
    # What a vector is made with takes long to load, and who asks for words does not need it.
    from onrecord.record.fusing import ranked  # noqa: PLC0415

    by = FoundBy.MEANING if sought.words is None else FoundBy.BOTH
    end = _token(after, float, by=by) if after is not None else (-math.inf, 0)
    found = ranked(connection, sought, projector)
    beyond = [one for one in found if (one.score, one.id) > end][: limit + 1]
    places = [(one.score, one.id) for one in beyond]
    query = None if sought.words is None else sought.query
    page = _page(connection, places, limit=limit, query=query, speaker=sought.speaker, by=by)
    hits = zip(page.hits, beyond, strict=False)
    shown_hits = tuple(replace(hit, found_by=one.found_by) for hit, one in hits)
    return replace(page, hits=shown_hits, found=tuple(one.id for one in found))


def _ranked(connection: Connection, query: Query, *, names: Sequence[str], chosen: Chosen | None) -> Chosen:
    """Ids and ranks of the statements that match by their words, of those that are chosen, the best first."""
    words = words_of(connection)
    at_most = words.most_ranked if chosen is None else None
    found = words.matching(connection, query, names=names, at_most=at_most).subquery()
    ranks = select(found.c.id, found.c.rank).order_by(found.c.rank, found.c.id)
    if chosen is None:
        return ranks
    return ranks.where(chosen.where(_STATEMENTS.c.id == found.c.id).correlate(found).exists())


def passing(connection: Connection, filters: Filters, *, speaker: Meant, old_versions: bool = False) -> Chosen:
    """The ids of the statements that pass; the speaker's, if one is meant; of the newest versions of articles."""
    conditions: list[ColumnElement[bool]] = [] if old_versions else [_ARTICLES.c.superseded_by.is_(None)]
    if speaker:
        conditions.append(spoken(speaker))
    if filters.outlet is not None:
        conditions.append(_ARTICLES.c.outlet.in_(outlets_called(connection, filters.outlet)))
    if filters.since or filters.until:
        conditions.append(date.max > _DAY)
    conditions += [filters.since <= _DAY] if filters.since else []
    conditions += [filters.until >= _DAY] if filters.until else []
    closed = (
        (_STATEMENTS.c.speaker_kind, filters.kind),
        (_STATEMENTS.c.form, filters.form),
        (_STATEMENTS.c.act, filters.act),
    )
    conditions += [column == value.value for column, value in closed if value]
    return select(_STATEMENTS.c.id).join(_ARTICLES, _ARTICLES.c.id == _STATEMENTS.c.article_id).where(*conditions)


def _page(
    connection: Connection,
    ends: Sequence[tuple[str | float, int]],
    *,
    limit: int,
    query: Query | None,
    speaker: Meant,
    by: FoundBy | None = None,
) -> Page:
    """The page of these statements, of which the last is the next page's."""
    shown_ends = ends[:limit]
    hits = tuple(hits_of(connection, [number for _, number in shown_ends], query=query))
    after = _written((*shown_ends[-1], *([by] if by else []))) if len(ends) > limit else None
    return Page(hits, after, speaker)


def _beyond(columns: tuple[Any, Any], end: tuple[Any, int]) -> ColumnElement[bool]:
    """What stands behind the end of a page: by the first column, and by the number where that is the same."""
    return or_(columns[0] > end[0], and_(columns[0] == end[0], columns[1] > end[1]))


def _written(end: Iterable[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(end), separators=(",", ":")).encode()).decode().rstrip("=")


def _token(token: str, kind: type, *, by: FoundBy | None = None) -> tuple[Any, int]:
    """Where a page, of what was found by this, ended. Raises UsageError for what no page gave."""
    try:
        place, number, *found_by = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if isinstance(place, kind) and isinstance(number, int) and found_by == ([by] if by else []):
            return (date.fromisoformat(place) if isinstance(place, str) else place), number
    except (ValueError, TypeError, binascii.Error) as error:
        raise UsageError(_no_token(token)) from error
    raise UsageError(_no_token(token))


def _no_token(token: str) -> str:
    return f"{shown(token)} continues no page of this command; take what the last page's end says, or leave it out"
