"""What was found, counted: by whom it is said, where, how and when, which is by what a search is narrowed.

Of very much that is found only a part is counted, so that counting never takes longer than finding; that is told.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import Connection, func, select

from onrecord.record import schema
from onrecord.record.rows import Found
from onrecord.record.search import Chosen
from onrecord.statement import SpeakerKind

MAX_COUNTED = 5_000
_AT_ONCE = 500
_STATEMENTS, _ARTICLES = schema.statements, schema.articles
# Those whom nobody named have no name by which one could look for them.
_NAMELESS = (SpeakerKind.UNNAMED.value, SpeakerKind.AUTHOR.value)
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the statements that were found have which value, the most frequent first; days in their order.

    `n` is how many were counted, `is_part` whether there are more. A day is that of the saying, else of publication.
    """

    n: int = 0
    is_part: bool = False
    speakers: Counts = ()
    outlets: Counts = ()
    kinds: Counts = ()
    forms: Counts = ()
    acts: Counts = ()
    days: tuple[tuple[date, int], ...] = ()


def counted(connection: Connection, found: Chosen | Sequence[int]) -> Facets:
    """The facets of statements, given by their ids or by a query that has these as its first column."""
    ids = found if isinstance(found, Sequence) else connection.scalars(found.limit(MAX_COUNTED + 1)).all()
    rows = list(_rows(connection, ids[:MAX_COUNTED]))
    return Facets(
        n=len(rows),
        is_part=len(ids) > MAX_COUNTED,
        speakers=_counts(row.speaker for row in rows if row.speaker_kind not in _NAMELESS),
        outlets=_counts(row.outlet for row in rows),
        kinds=_counts(row.speaker_kind for row in rows),
        forms=_counts(row.form for row in rows),
        acts=_counts(row.act for row in rows),
        days=tuple(sorted(Counter(row.day for row in rows if row.day).items())),
    )


def _rows(connection: Connection, ids: Sequence[int]) -> Iterator[Found]:
    columns = (
        func.coalesce(_STATEMENTS.c.speaker_proper, _STATEMENTS.c.speaker).label("speaker"),
        _STATEMENTS.c.speaker_kind,
        _STATEMENTS.c.form,
        _STATEMENTS.c.act,
        _ARTICLES.c.outlet,
        func.coalesce(_STATEMENTS.c.said_start, _ARTICLES.c.published).label("day"),
    )
    query: Chosen = select(*columns).join(_ARTICLES, _ARTICLES.c.id == _STATEMENTS.c.article_id)
    left = iter(ids)
    while some := list(islice(left, _AT_ONCE)):
        yield from connection.execute(query.where(_STATEMENTS.c.id.in_(some)))


def _counts(values: Iterator[str | None]) -> Counts:
    found = Counter(value for value in values if value)
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0])))
